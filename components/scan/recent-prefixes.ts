import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";

const KEY = "smart-dairy-scan-prefixes";
const MAX = 10;

/** Prefixes of device IDs, those used last first. */
export function recentPrefixes(): string[] {
  const known = DEVICE_TYPES.map((type) => DEVICE_TYPE_FACTS[type].prefix);
  return [...new Set([...stored(), ...known])].slice(0, MAX);
}

/** Notes the prefix of an ID that was scanned or typed. */
export function rememberPrefix(deviceId: string): void {
  const prefix = deviceId.slice(0, 2);
  try {
    localStorage.setItem(KEY, JSON.stringify([prefix, ...stored().filter((other) => other !== prefix)].slice(0, MAX)));
  } catch {
    // Storage is switched off: the order is then always the same.
  }
}

function stored(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string" && /^[A-Z]{2}$/.test(item)) : [];
  } catch {
    return [];
  }
}
