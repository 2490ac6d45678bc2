export const FOREIGN_CODES = [
  "empty",
  "token",
  "link",
  "wifi",
  "contact",
  "email",
  "phone",
  "place",
  "event",
  "lorawan",
  "smart_home",
  "product",
  "text",
] as const;
export type ForeignCodeKind = (typeof FOREIGN_CODES)[number];

/** A code that is no device of ours. */
export interface ForeignCode {
  what: ForeignCodeKind;
  /** Which one, where that helps and is safe to show: the host of a link. */
  detail: string | null;
}

export const FOREIGN_CODE_LABELS: Record<ForeignCodeKind, string> = {
  empty: "an empty code",
  token: "a provisioning token: it is for the device, not for the scanner",
  link: "a web link",
  wifi: "access to a Wi-Fi network",
  contact: "a contact card",
  email: "an e-mail address",
  phone: "a phone number",
  place: "a place on the map",
  event: "a calendar entry",
  lorawan: "a LoRaWAN code of the maker",
  smart_home: "a smart-home code",
  product: "a shop’s product code",
  text: "text that names no device",
};

/** EAN-8, UPC-A, EAN-13 and GTIN-14 are numbers of these lengths with a check digit; GS1 puts (01) before them. */
const PRODUCT_LENGTHS = [8, 12, 13, 14];

const PATTERNS: readonly [ForeignCodeKind, RegExp][] = [
  ["token", /^SMARTDAIRY-TOKEN:/i],
  ["wifi", /^WIFI:/i],
  ["contact", /^(BEGIN:VCARD|MECARD:|BIZCARD:)/i],
  ["email", /^(mailto:|MATMSG:|SMTP:)/i],
  ["phone", /^(tel:|sms:|smsto:|mms:)/i],
  ["place", /^geo:/i],
  ["event", /^BEGIN:(VEVENT|VCALENDAR)/i],
  // TR005 of the LoRa Alliance.
  ["lorawan", /^LW:/i],
  ["smart_home", /^(MT:|X-HM:|Z-?WAVE|DPP:)/i],
  ["product", /^\(01\)\d{14}|^\]d2|^\]C1/],
];

/** @returns `undefined` when the text could be anything */
export function recogniseForeign(text: string): ForeignCode | undefined {
  const what = PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ?? (isProductNumber(text) ? "product" : undefined);
  return what && { what, detail: null };
}

function isProductNumber(text: string): boolean {
  if (!/^\d+$/.test(text) || !PRODUCT_LENGTHS.includes(text.length)) return false;
  const digits = [...text].reverse().map(Number);
  const sum = digits.slice(1).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === digits[0];
}
