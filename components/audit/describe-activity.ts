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
  "device.restart_requested": "asked for a restart",
  "device.diagnostic_started": "started a diagnostic",
  "device.configured": "changed the configuration",
  "device.command_cancelled": "cancelled a command",
  "farm.created": "added the farm",
  "farm.edited": "edited the farm",
  "person.created": "added a person",
  "person.invited": "invited a person",
  "person.invitation_revoked": "withdrew an invitation",
  "person.joined": "joined",
  "person.rights_changed": "changed a person’s rights",
  "group.created": "added the group",
  "group.edited": "edited the group",
  "group.moved": "moved the group",
  "group.archived": "archived the group",
  "group.restored": "restored the group",
  "group.deleted": "deleted the group",
  "tag.created": "added the tag",
  "tag.edited": "edited the tag",
  "tag.merged": "merged tags into",
  "tag.deleted": "deleted the tag",
  "provisioning_token.issued": "issued a provisioning token",
};

export function describeAction(action: string): string {
  return ACTIONS[action] ?? action.replace(/[._]/g, " ");
}
