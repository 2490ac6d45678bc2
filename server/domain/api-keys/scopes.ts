import { FARM_PERMISSIONS, ORGANISATION_PERMISSIONS, type Permission } from "../people/policy";

/** What an API key can be allowed: the permissions that people have by their role, one by one. */
export const API_SCOPES = [...FARM_PERMISSIONS, ...ORGANISATION_PERMISSIONS] as const;
export type ApiScope = Permission;

export const API_SCOPE_FACTS: Record<ApiScope, { label: string; meaning: string }> = {
  "farm.read": { label: "Read farms and groups", meaning: "Farms, milking sessions, groups and tags" },
  "farm.edit": { label: "Change farms", meaning: "Name, time zone and milking sessions" },
  "group.edit": { label: "Change groups", meaning: "Adds, moves and archives groups of a farm" },
  "device.read": { label: "Read devices", meaning: "Devices, health, alerts, rollouts, commands and diagnostics" },
  "device.provision": { label: "Register devices", meaning: "Adds and imports devices, issues provisioning tokens" },
  "device.edit": { label: "Change devices", meaning: "Name, place, group, tags and maintenance" },
  "device.credentials": { label: "Change access data of devices", meaning: "Issues and revokes their passwords" },
  "device.decommission": { label: "Retire devices", meaning: "Decommissions and replaces devices" },
  "device.command": { label: "Command devices", meaning: "Restarts, diagnostics and configuration" },
  "alert.handle": { label: "Handle alerts", meaning: "Acknowledges, resolves and snoozes alerts" },
  "rollout.manage": { label: "Run rollouts", meaning: "Schedules, pauses, resumes and cancels firmware updates" },
  "audit.read": { label: "Read the audit log", meaning: "Who changed what on these farms" },
  "firmware.view": { label: "Read firmware", meaning: "Versions and their state" },
  "firmware.manage": { label: "Release firmware", meaning: "Adds versions and files, and releases them; not for a key that names farms" },
};
