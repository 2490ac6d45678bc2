/** What happened, after the name of who did it: "Farm manager rotated the credentials". */
const ACTIONS: Record<string, string> = {
  "device.provisioned": "registered the device",
  "device.activated": "connected for the first time",
  "device.edited": "edited the device",
  "device.maintenance_started": "started maintenance",
  "device.maintenance_ended": "ended maintenance",
  "device.decommissioned": "decommissioned the device",
  "device.credentials_rotated": "issued a new password",
  "device.credentials_revoked": "revoked the credentials",
  "device.command_issued": "sent a command",
  "device.registered": "registered the device without credentials",
  "device.replaced": "replaced the device",
  "maintenance.planned": "planned maintenance",
  "maintenance.recorded": "recorded maintenance",
  "maintenance.completed": "finished planned maintenance",
  "maintenance.edited": "corrected a maintenance record",
  "maintenance.cancelled": "called planned maintenance off",
  "maintenance.struck_out": "struck out a maintenance record",
  "maintenance.picture_added": "added a picture to a maintenance record",
  "maintenance.picture_removed": "removed a picture from a maintenance record",
  "maintenance.dates_set": "changed the maintenance dates",
  "calibration_interval.set": "set a calibration interval",
  "calibration_interval.removed": "removed a calibration interval",
  "farm.created": "added the farm",
  "farm.edited": "edited the farm",
  "provisioning_token.issued": "issued a provisioning token",
};

export function describeAction(action: string): string {
  return ACTIONS[action] ?? action.replace(/[._]/g, " ");
}
