import type { DeviceFormInput } from "./wizard-steps";

const KEY = "smart-dairy-new-device";

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

/** What was typed so far in this tab, so that a reload loses nothing. */
export function loadDraft(): WizardDraft | undefined {
  try {
    const text = sessionStorage.getItem(KEY);
    return text ? (JSON.parse(text) as WizardDraft) : undefined;
  } catch {
    return undefined;
  }
}

export function saveDraft(draft: WizardDraft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Storage is full or switched off: the draft then lives as long as the page.
  }
}

export function clearDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}

/** 256 random bits that make a repeated request harmless. Works on plain http, where randomUUID is missing. */
export function newRequestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_", "=": "" })[sign] ?? "");
}
