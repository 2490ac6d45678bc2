import type { PowerSource } from "@/server/domain/devices/vocabulary";

const MINUS = "\u2212";

/** −71 with a true minus sign; the unit stands in the heading. */
export function formatSignal(dbm: number | null): string | null {
  if (dbm === null) return null;
  return dbm < 0 ? `${MINUS}${Math.abs(dbm)}` : String(dbm);
}

/** The battery's charge where there is one, else the word for the supply. */
export function formatPower(powerSource: PowerSource, batteryLevel: number | null): string | null {
  const words: Record<PowerSource, string | null> = { battery: null, mains: "Mains", solar: "Solar", poe: "PoE" };
  if (batteryLevel !== null && (powerSource === "battery" || powerSource === "solar")) return `${Math.round(batteryLevel)} %`;
  return words[powerSource];
}

/** 3 d 4 h, 2 h, 12 min, 40 s: the two largest units, as far as there are any. */
export function formatUptime(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return `${minutes} min`;
  return `${seconds} s`;
}

/** Decimal units, as the specification counts megabytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(2)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}
