/** One issued token as it is handed on: printed, or in a table. */
export interface TokenSheetRow {
  farm: string;
  /** Device ID or device type. */
  target: string;
  note: string | null;
  words: string;
  token: string;
  expiresAt: Date;
}

const COLUMNS = ["Farm", "For", "Words", "Token", "Valid until", "Note"];

/** What a token's QR code says (docs/device-protocol.md, section 3). The address comes last: it has colons of its own. */
export function tokenQrText(token: string, serverUrl: string): string {
  return `SMARTDAIRY-TOKEN:${token}:${serverUrl}`;
}

/** The tokens as CSV (RFC 4180, UTF-8 with byte order mark for Excel), safe to open in a spreadsheet. */
export function tokenCsv(rows: readonly TokenSheetRow[]): string {
  const lines = rows.map(({ farm, target, words, token, expiresAt, note }) => [
    farm,
    target,
    words,
    token,
    expiresAt.toISOString(),
    note ?? "",
  ]);
  return `\ufeff${[COLUMNS, ...lines].map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

/** Quoted where needed; an apostrophe keeps a spreadsheet from running what somebody wrote into a note. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
