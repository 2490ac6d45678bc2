/** A picture of one bit a dot, rows padded to whole bytes, 1 = black. */
export interface Bitmap {
  widthDots: number;
  heightDots: number;
  rows: Uint8Array[];
}

/** Bytes of one ^GF field that every firmware takes; larger pictures go out in bands. */
const MAX_FIELD_BYTES = 99_999;

/**
 * One label for a ZPL II printer: the whole label as graphic, so that every script prints on every firmware, sized for
 * the media.
 * @param copies how often the printer prints it
 */
export function zplLabel(bitmap: Bitmap, copies: number): string {
  const bytesARow = Math.ceil(bitmap.widthDots / 8);
  const band = Math.max(1, Math.floor(MAX_FIELD_BYTES / bytesARow));
  const fields: string[] = [];
  for (let top = 0; top < bitmap.heightDots; top += band) {
    const rows = bitmap.rows.slice(top, top + band);
    const total = rows.length * bytesARow;
    fields.push(`^FO0,${top}^GFA,${total},${total},${bytesARow},${compressRows(rows)}^FS`);
  }
  return ["^XA", `^PW${bitmap.widthDots}`, `^LL${bitmap.heightDots}`, "^LH0,0", ...fields, `^PQ${copies}`, "^XZ", ""].join("\n");
}

/**
 * ZPL's own compression of hexadecimal rows: `G`…`Y` and `g`…`z` repeat the next digit, `,` fills a row with white, `!`
 * with black, `:` repeats the row before.
 */
export function compressRows(rows: readonly Uint8Array[]): string {
  let before = "";
  return rows
    .map((row) => {
      const digits = [...row].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");
      if (digits === before) return ":";
      before = digits;
      return compressRow(digits);
    })
    .join("");
}

function compressRow(digits: string): string {
  const tail = /(0+|F+)$/.exec(digits)?.[0] ?? "";
  const ending = tail.length > 1 ? (tail.startsWith("0") ? "," : "!") : "";
  const body = ending ? digits.slice(0, -tail.length) : digits;
  return body.replace(/(.)\1*/g, (run) => repeatCode(run.length) + run.charAt(0)) + ending;
}

/** 1 is said by saying nothing; twenties first, then ones, more than 419 in several pieces. */
function repeatCode(times: number): string {
  if (times === 1) return "";
  const big = Math.floor(times / 400);
  const twenties = Math.floor((times % 400) / 20);
  const ones = times % 20;
  return (
    "z".repeat(big) +
    (twenties > 0 ? String.fromCharCode("f".charCodeAt(0) + twenties) : "") +
    (ones > 0 ? String.fromCharCode("F".charCodeAt(0) + ones) : "")
  );
}
