/** Specification Task 1.1 `state`, DESIGN 4: from a box to a member of the herd and out again. */
export const DEVICE_LIFECYCLES = ["draft", "provisioned", "active", "maintenance", "decommissioned"] as const;

export type DeviceLifecycle = (typeof DEVICE_LIFECYCLES)[number];

export const LIFECYCLE_FACTS: Record<DeviceLifecycle, { label: string; meaning: string }> = {
  draft: { label: "Draft", meaning: "Registered, no credentials yet" },
  provisioned: { label: "Provisioned", meaning: "Has credentials, never heard from" },
  active: { label: "Active", meaning: "In service" },
  maintenance: { label: "Maintenance", meaning: "Out of service for work; alerts are quiet" },
  decommissioned: { label: "Decommissioned", meaning: "Retired, credentials revoked" },
};

export const LIFECYCLE_TRANSITIONS = {
  draft: ["provisioned", "decommissioned"],
  provisioned: ["active", "maintenance", "decommissioned"],
  active: ["maintenance", "decommissioned"],
  maintenance: ["active", "provisioned", "decommissioned"],
  decommissioned: [],
} as const satisfies Record<DeviceLifecycle, readonly DeviceLifecycle[]>;

/** Whether a device may go from one state to another (DESIGN 4). */
export function canTransition(from: DeviceLifecycle, to: DeviceLifecycle): boolean {
  return (LIFECYCLE_TRANSITIONS[from] as readonly DeviceLifecycle[]).includes(to);
}

/** States in which the credentials of a device open the broker. */
export function mayConnect(lifecycle: DeviceLifecycle): boolean {
  return lifecycle === "provisioned" || lifecycle === "active" || lifecycle === "maintenance";
}
