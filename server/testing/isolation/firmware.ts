import { ADMIN, ALL, UNKNOWN_ID, type Expectation } from "./expectation";

/** Firmware belongs to no farm; that devices are counted on the caller's farms only, firmware.test.ts shows. */
export const FIRMWARE_EXPECTATIONS: Record<string, Expectation> = {
  "firmware.list": { may: ALL, stranger: "not about a farm", input: ({ farmId }) => ({ farmIds: [farmId] }) },
  "firmware.get": { may: ALL, stranger: "NOT_FOUND", input: () => ({ id: UNKNOWN_ID }) },
  "firmware.compare": { may: ALL, stranger: "NOT_FOUND", input: () => ({ fromId: UNKNOWN_ID, toId: UNKNOWN_ID }) },
  "firmware.spread": { may: ALL, stranger: "not about a farm", input: ({ farmId }) => ({ farmIds: [farmId] }) },
  "firmware.upgradePath": { may: ALL, stranger: "NOT_FOUND", input: ({ deviceId }) => ({ deviceId }) },
  "firmware.create": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({}) },
  "firmware.update": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ id: UNKNOWN_ID }) },
  "firmware.setState": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ id: UNKNOWN_ID, from: "draft", to: "testing" }) },
  "firmware.delete": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ id: UNKNOWN_ID }) },
  "firmware.signingKeys": { may: ADMIN, stranger: "FORBIDDEN", input: () => undefined },
  "firmware.rotateSigningKey": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ activeKid: "" }) },
  "firmware.fetchFile": { may: ADMIN, stranger: "FORBIDDEN", input: () => ({ url: "http://firmware.example.com/a" }) },
};
