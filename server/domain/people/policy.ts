/** Roles on one farm. Admins are not a farm role: they may do everything everywhere (DESIGN 4). */
export const FARM_ROLES = ["farm_manager", "field_staff", "viewer"] as const;
export type FarmRole = (typeof FARM_ROLES)[number];

export const FARM_ROLE_FACTS: Record<FarmRole, { label: string; meaning: string }> = {
  farm_manager: { label: "Farm manager", meaning: "Everything on the farm except people and firmware release" },
  field_staff: { label: "Field staff", meaning: "Fits, scans and repairs devices, acknowledges alerts" },
  viewer: { label: "Viewer", meaning: "Sees everything on the farm, changes nothing" },
};

/** What can be allowed on one farm. */
export const FARM_PERMISSIONS = [
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
] as const;
export type FarmPermission = (typeof FARM_PERMISSIONS)[number];

const GRANTS = {
  farm_manager: FARM_PERMISSIONS,
  field_staff: ["farm.read", "device.read", "device.provision", "device.edit", "device.credentials", "device.command", "alert.handle"],
  viewer: ["farm.read", "device.read"],
} as const satisfies Record<FarmRole, readonly FarmPermission[]>;

/** Whether a role on a farm includes a permission there. */
export function roleAllows(role: FarmRole, permission: FarmPermission): boolean {
  return (GRANTS[role] as readonly FarmPermission[]).includes(permission);
}

/** What belongs to the organisation and to no single farm. */
export const ORGANISATION_PERMISSIONS = ["firmware.view", "firmware.manage"] as const;
export type OrganisationPermission = (typeof ORGANISATION_PERMISSIONS)[number];
export type Permission = FarmPermission | OrganisationPermission;

/** By the role on any farm; admins have all of them. Firmware is released by admins only (DESIGN 4). */
const ORGANISATION_GRANTS = {
  farm_manager: ["firmware.view"],
  field_staff: ["firmware.view"],
  viewer: ["firmware.view"],
} as const satisfies Record<FarmRole, readonly OrganisationPermission[]>;

/** Whether whoever has a role on some farm has a permission in the organisation. */
export function roleAllowsInOrganisation(role: FarmRole, permission: OrganisationPermission): boolean {
  return (ORGANISATION_GRANTS[role] as readonly OrganisationPermission[]).includes(permission);
}
