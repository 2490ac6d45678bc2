import { describe, expect, test } from "vitest";
import {
  FARM_PERMISSIONS,
  FARM_ROLES,
  ORGANISATION_PERMISSIONS,
  roleAllows,
  roleAllowsInOrganisation,
  type FarmPermission,
  type FarmRole,
} from "./policy";
import { emailSchema, invitePersonSchema, passwordSchema } from "./schema";

describe("people", () => {
  const GRANTS: Record<FarmRole, FarmPermission[]> = {
    farm_manager: [
      "farm.read",
      "farm.edit",
      "group.edit",
      "device.read",
      "device.provision",
      "device.edit",
      "device.credentials",
      "device.decommission",
      "device.command",
      "alert.handle",
      "rollout.manage",
      "audit.read",
    ],
    field_staff: ["farm.read", "device.read", "device.provision", "device.edit", "device.credentials", "device.command", "alert.handle"],
    viewer: ["farm.read", "device.read"],
  };
  test.each(FARM_ROLES.flatMap((role) => FARM_PERMISSIONS.map((permission) => [role, permission] as const)))(
    "%s: %s",
    (role, permission) => {
      expect(roleAllows(role, permission)).toBe(GRANTS[role].includes(permission));
    },
  );

  test.each(FARM_ROLES.flatMap((role) => ORGANISATION_PERMISSIONS.map((permission) => [role, permission] as const)))(
    "%s, in the organisation: %s",
    (role, permission) => {
      expect(roleAllowsInOrganisation(role, permission)).toBe(permission === "firmware.view");
    },
  );

  test.each([
    ["eleven char", false],
    ["twelve chars", true],
    ["x".repeat(11) + "abc", true],
    ["aaaaaaaaaaaa", false],
    ["abababababab", false],
    ["Password1234", false],
    ["SMARTDAIRY12", false],
    ["correct horse battery staple", true],
    ["🐄🐖🐎🐑🐓🐕", false],
    ["🐄🐖🐎🐑🐓🐕".repeat(2), true],
    ["ab c".repeat(32), true],
    [`${"ab c".repeat(32)}x`, false],
  ])("password %j: %s", (password, isGood) => {
    expect(passwordSchema.safeParse(password).success).toBe(isGood);
  });

  test.each([
    [" Manager@Farm.Example ", "manager@farm.example"],
    ["nobody", undefined],
    ["a@b", undefined],
    [`${"a".repeat(250)}@farm.example`, undefined],
  ])("e-mail %j → %s", (typed, expected) => {
    expect(emailSchema.safeParse(typed).data).toBe(expected);
  });

  test("an admin needs no farm, everybody else at least one", () => {
    const person = { name: "N", email: "n@farm.example" };
    expect(invitePersonSchema.safeParse(person).error?.issues[0]?.path).toEqual(["farmIds"]);
    expect(invitePersonSchema.safeParse({ ...person, isAdmin: true }).success).toBe(true);
  });
});
