import { z } from "zod";

const GROUPED = /^(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}|[0-9a-f]{12})$/i;

/**
 * An EUI-48 in its canonical form `AA:BB:CC:DD:EE:FF` (IEEE 802), from any of the four usual spellings.
 * @returns `undefined` when it is none, or is a group or null address that no device can have
 */
export function normalizeMacAddress(input: string): string | undefined {
  const text = input.trim();
  if (!GROUPED.test(text)) return undefined;
  const digits = text.replace(/[^0-9a-f]/gi, "").toUpperCase();
  const isGroupAddress = (Number.parseInt(digits.slice(0, 2), 16) & 1) === 1;
  if (isGroupAddress || /^0+$/.test(digits)) return undefined;
  return digits.match(/../g)?.join(":");
}

/** An optional MAC address; empty becomes `null`, anything else is normalised or refused. */
export const macAddressSchema = z
  .string()
  .nullish()
  .transform((value, context) => {
    if (!value?.trim()) return null;
    const mac = normalizeMacAddress(value);
    if (mac) return mac;
    context.addIssue({ code: "custom", message: "Six pairs of hex digits, for example 02:4A:1B:00:3C:7F" });
    return z.NEVER;
  });
