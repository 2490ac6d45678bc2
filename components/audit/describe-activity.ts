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
  "farm.created": "added the farm",
  "farm.edited": "edited the farm",
  "provisioning_token.issued": "issued provisioning tokens",
  "provisioning_token.revoked": "revoked provisioning tokens",
};

export function describeAction(action: string): string {
  return ACTIONS[action] ?? action.replace(/[._]/g, " ");
}
