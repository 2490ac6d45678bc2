/** Why the server does not connect to an address that somebody gave it. */
export type AddressRefusal = "not_public" | "unreadable";

type Range = readonly [address: string, prefixLength: number];

/** IANA's special-purpose registry for IPv4 (RFC 6890), with multicast and what is reserved. */
const IPV4_RANGES: readonly Range[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // Link-local; cloud providers answer with secrets at 169.254.169.254.
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Public IPv6 is 2000::/3; inside it these are not. */
const IPV6_RANGES: readonly Range[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];

/** An IPv4 address is inside these: mapped, translated (NAT64) and 6to4. What it is, decides. */
const EMBEDDING: readonly Range[] = [
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["2002::", 16],
];

/**
 * Whether the server may connect to an address for somebody: only to public ones, so that nobody reaches what is behind
 * its firewall or the metadata service of its cloud (SSRF, ASVS 5.0 1.3.6).
 * @param address IPv4 or IPv6 as DNS gave it
 * @returns `undefined` = it may
 */
export function addressRefusal(address: string): AddressRefusal | undefined {
  const ipv4 = parseIpv4(address);
  if (ipv4 !== undefined) return isPublicIpv4(ipv4) ? undefined : "not_public";
  const ipv6 = parseIpv6(address);
  if (ipv6 === undefined) return "unreadable";
  const inside = embeddedIpv4(ipv6);
  if (inside !== undefined) return isPublicIpv4(inside) ? undefined : "not_public";
  const isGlobal = ipv6 >> 125n === 1n;
  return isGlobal && !IPV6_RANGES.some((range) => contains(range, ipv6, 128)) ? undefined : "not_public";
}

function isPublicIpv4(address: bigint): boolean {
  return !IPV4_RANGES.some((range) => contains(range, address, 32));
}

function embeddedIpv4(address: bigint): bigint | undefined {
  const range = EMBEDDING.find((candidate) => contains(candidate, address, 128));
  if (!range) return undefined;
  const shift = range[1] === 16 ? 80n : 0n;
  return (address >> shift) & 0xffff_ffffn;
}

function contains([start, prefixLength]: Range, address: bigint, bits: 32 | 128): boolean {
  const first = (bits === 32 ? parseIpv4(start) : parseIpv6(start)) ?? 0n;
  const shift = BigInt(bits - prefixLength);
  return address >> shift === first >> shift;
}

/** Four decimal numbers; `010.1` or `0x7f.1`, which some systems take for an address, are none. */
function parseIpv4(text: string): bigint | undefined {
  if (!/^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(text)) return undefined;
  const parts = text.split(".").map(Number);
  return parts.some((part) => part > 255) ? undefined : parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

/** RFC 4291, with or without a zone, with an IPv4 address at the end or not. */
function parseIpv6(text: string): bigint | undefined {
  const withoutZone = text.split("%")[0] ?? "";
  const tail = /^(.*:)([\d.]+)$/.exec(withoutZone);
  const ipv4 = tail?.[2]?.includes(".") ? parseIpv4(tail[2]) : undefined;
  if (tail?.[2]?.includes(".") && ipv4 === undefined) return undefined;
  const plain = ipv4 === undefined ? withoutZone : `${tail?.[1]}${(ipv4 >> 16n).toString(16)}:${(ipv4 & 0xffffn).toString(16)}`;
  const [left = "", right, extra] = plain.split("::");
  if (extra !== undefined) return undefined;
  const groups = (side: string) => (side === "" ? [] : side.split(":"));
  const [before, after] = [groups(left), right === undefined ? [] : groups(right)];
  const missing = 8 - before.length - after.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array<string>(Math.max(0, missing)).fill("0"), ...after];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((value, group) => value * 65_536n + BigInt(parseInt(group, 16)), 0n);
}
