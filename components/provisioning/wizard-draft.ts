import type { DeviceFormInput } from "./wizard-steps";

/** Where the tab keeps what was typed so far. */
export const DRAFT_KEY = "smart-dairy-new-device";

export type WizardDraft = Partial<DeviceFormInput>;

export const EMPTY_DRAFT: WizardDraft = {
  name: "",
  deviceId: "",
  farmId: "",
  location: "",
  groupId: null,
  manufacturer: "",
  model: "",
  serialNumber: "",
  macAddress: "",
  powerSource: "battery",
  connectionType: null,
};

/** 256 random bits that make a repeated request harmless. Works on plain http, where randomUUID is missing. */
export function newRequestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_", "=": "" })[sign] ?? "");
}
