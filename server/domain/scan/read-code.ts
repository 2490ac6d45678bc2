import { DEVICE_ID_PATTERN } from "../devices/device-id";
import { type DeviceType, DEVICE_TYPES, deviceTypeOfPrefix } from "../devices/device-type";
import { normalizeMacAddress } from "../devices/mac-address";
import { type ForeignCode, recogniseForeign } from "./foreign-code";

/** How a code said which device it is. */
export type CodeForm = "label" | "json" | "plain" | "link";

/** What is known of a device from its code alone, for looking it up and for registering it. */
export interface ScannedDevice {
  deviceId: string;
  /** As the code says, else by the ID's prefix; `undefined` for a prefix of somebody's own. */
  type: DeviceType | undefined;
  serialNumber: string | null;
  name: string | null;
  manufacturer: string | null;
  model: string | null;
  macAddress: string | null;
}

export type CodeReading =
  | { kind: "device"; form: CodeForm; device: ScannedDevice }
  /** Ours by its form, but unusable; `problem` says what is wrong with it. */
  | { kind: "malformed"; form: CodeForm; problem: string }
  /** A device's unit by what its maker printed: it may be found by its serial number or MAC address. */
  | { kind: "unit"; serialNumber: string | null; macAddress: string | null }
  | { kind: "foreign"; code: ForeignCode };

/** A QR code holds 4,296 letters at most, an NFC tag of the usual kinds less than 900 bytes. */
const MAX_LENGTH = 4_296;
const MAX_LINE = 100;
const LABEL_PREFIX = "SMARTDAIRY:";
// Control characters and what turns the direction of text around.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffd\ufeff]/;

/**
 * Reads what a camera, an NFC tag or a person gave (specification Task 3.2): `SMARTDAIRY:id:type:serial`, JSON, a plain
 * ID, or a link to a device of this server. Everything else is named for what it is.
 * @param hosts `host[:port]` of this server, as people open it
 */
export function readCode(raw: string, hosts: readonly string[]): CodeReading {
  const text = raw.trim();
  if (text === "") return { kind: "foreign", code: { what: "empty", detail: null } };
  if (text.length > MAX_LENGTH) return { kind: "foreign", code: { what: "text", detail: null } };
  if (text.toUpperCase().startsWith(LABEL_PREFIX)) return readLabel(text);
  if (text.startsWith("{")) return readJson(text);
  if (/^https?:\/\//i.test(text)) return readLink(text, hosts);
  const deviceId = text.toUpperCase();
  if (DEVICE_ID_PATTERN.test(deviceId)) return deviceOf("plain", { deviceId });
  const foreign = recogniseForeign(text);
  if (foreign) return { kind: "foreign", code: foreign };
  const macAddress = normalizeMacAddress(text);
  if (macAddress) return { kind: "unit", serialNumber: null, macAddress };
  if (isSerialNumber(text)) return { kind: "unit", serialNumber: text, macAddress: null };
  return { kind: "foreign", code: { what: "text", detail: null } };
}

function readLabel(text: string): CodeReading {
  const [deviceId = "", type = "", ...serial] = text.slice(LABEL_PREFIX.length).split(":");
  return deviceOf("label", { deviceId, type, serialNumber: serial.join(":") });
}

/** By the specification's names; a maker's camelCase is understood too. */
const JSON_NAMES = {
  deviceId: ["device_id", "deviceId", "id"],
  type: ["type", "device_type", "deviceType"],
  serialNumber: ["serial_number", "serialNumber", "serial"],
  name: ["name"],
  manufacturer: ["manufacturer"],
  model: ["model"],
  macAddress: ["mac_address", "macAddress", "mac"],
} as const satisfies Record<keyof ScannedDevice, readonly string[]>;

type Fields = Partial<Record<keyof ScannedDevice, string>>;

function readJson(text: string): CodeReading {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { kind: "malformed", form: "json", problem: "The code begins like JSON and is cut off or damaged." };
  }
  const fields: Fields = {};
  for (const [field, names] of Object.entries(JSON_NAMES) as [keyof ScannedDevice, readonly string[]][]) {
    const name = names.find((candidate) => Object.hasOwn(content as object, candidate));
    const value = name && (content as Record<string, unknown>)[name];
    if (value === undefined || value === null || value === "") continue;
    if (typeof value !== "string" && typeof value !== "number")
      return { kind: "malformed", form: "json", problem: `Its ${name} is no text.` };
    fields[field] = String(value);
  }
  if (fields.deviceId !== undefined) return deviceOf("json", fields);
  if (fields.serialNumber === undefined && fields.macAddress === undefined)
    return { kind: "malformed", form: "json", problem: "It names no device: device_id is missing." };
  const macAddress = fields.macAddress === undefined ? null : (normalizeMacAddress(fields.macAddress) ?? null);
  const serialNumber = fields.serialNumber?.trim() || null;
  if (serialNumber !== null && problemOf("serial number", serialNumber)) return malformed("json", "serial number", serialNumber);
  if (serialNumber === null && macAddress === null) return { kind: "malformed", form: "json", problem: "Its MAC address is none." };
  return { kind: "unit", serialNumber, macAddress };
}

function readLink(text: string, hosts: readonly string[]): CodeReading {
  const url = urlOf(text);
  if (!url) return { kind: "malformed", form: "link", problem: "The link is damaged." };
  if (!hosts.includes(url.host)) return { kind: "foreign", code: { what: "link", detail: url.host.slice(0, MAX_LINE) } };
  const inPath = /^\/devices\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  const deviceId = url.pathname === "/scan" ? (url.searchParams.get("device") ?? undefined) : inPath;
  if (deviceId === undefined) return { kind: "malformed", form: "link", problem: "The link leads into Smart Dairy, but not to a device." };
  return deviceOf("link", { deviceId });
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function deviceOf(form: CodeForm, fields: Fields): CodeReading {
  const deviceId = (fields.deviceId ?? "").trim().toUpperCase();
  if (deviceId === "") return { kind: "malformed", form, problem: "It names no device." };
  if (!DEVICE_ID_PATTERN.test(deviceId)) {
    const shown = UNPRINTABLE.test(deviceId) ? "It" : `“${deviceId.slice(0, 20)}”`;
    return { kind: "malformed", form, problem: `${shown} is no device ID: two letters and three to six digits are, for example MM001.` };
  }
  const device: ScannedDevice = {
    deviceId,
    type: typeNamed(fields.type) ?? deviceTypeOfPrefix(deviceId),
    serialNumber: fields.serialNumber?.trim() || null,
    name: fields.name?.trim() || null,
    manufacturer: fields.manufacturer?.trim() || null,
    model: fields.model?.trim() || null,
    macAddress: null,
  };
  for (const [name, value] of [
    ["serial number", device.serialNumber],
    ["name", device.name],
    ["manufacturer", device.manufacturer],
    ["model", device.model],
  ] as const) {
    if (value !== null && problemOf(name, value)) return malformed(form, name, value);
  }
  if (fields.macAddress?.trim()) {
    const macAddress = normalizeMacAddress(fields.macAddress);
    if (!macAddress) return { kind: "malformed", form, problem: "Its MAC address is none: six pairs of hex digits are." };
    device.macAddress = macAddress;
  }
  return { kind: "device", form, device };
}

/** `Milk meter` is the same as `milk_meter`. */
function typeNamed(name: string | undefined): DeviceType | undefined {
  const wanted = name?.trim().toLowerCase().replace(/[ -]/g, "_");
  return DEVICE_TYPES.find((type) => type === wanted);
}

function malformed(form: CodeForm, name: string, value: string): CodeReading {
  return { kind: "malformed", form, problem: problemOf(name, value) ?? "" };
}

function problemOf(name: string, value: string): string | undefined {
  if (value.length > MAX_LINE) return `Its ${name} is longer than ${MAX_LINE} characters.`;
  if (UNPRINTABLE.test(value)) return `Its ${name} has characters that cannot be shown.`;
  return undefined;
}

/** What makers print as a serial number: one word with a digit in it. */
function isSerialNumber(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._/#-]{3,63}$/.test(text) && /[0-9]/.test(text);
}
