import { expect, test } from "vitest";
import { tokenState } from "./token-state";

const now = new Date("2026-05-01T12:00:00Z");
const earlier = new Date("2026-05-01T11:00:00Z");
const later = new Date("2026-05-01T13:00:00Z");

test.each([
  ["open", { expiresAt: later, usedAt: null, revokedAt: null }],
  ["expired", { expiresAt: earlier, usedAt: null, revokedAt: null }],
  ["expired", { expiresAt: now, usedAt: null, revokedAt: null }],
  ["used", { expiresAt: later, usedAt: earlier, revokedAt: null }],
  ["used", { expiresAt: earlier, usedAt: earlier, revokedAt: null }],
  ["used", { expiresAt: later, usedAt: earlier, revokedAt: earlier }],
  ["revoked", { expiresAt: later, usedAt: null, revokedAt: earlier }],
  ["revoked", { expiresAt: earlier, usedAt: null, revokedAt: earlier }],
] as const)("%s: %j", (state, token) => {
  expect(tokenState(token, now)).toBe(state);
});
