interface ZplPicture {
  widthDots: number;
  heightDots: number;
  copies: number;
  rows: Uint8Array[];
}

/** What a ZPL II printer draws for labels that consist of graphic fields: written from the manual, not from our encoder. */
export function decodeZpl(text: string): ZplPicture[] {
  return text
    .split("^XA")
    .slice(1)
    .map((format) => {
      const number = (command: string) => Number(new RegExp(`\\^${command}(\\d+)`).exec(format)?.[1]);
      const [widthDots, heightDots] = [number("PW"), number("LL")];
      const rows = Array.from({ length: heightDots }, () => new Uint8Array(Math.ceil(widthDots / 8)));
      for (const [, left, top, , total, bytesARow, data] of format.matchAll(/\^FO(\d+),(\d+)\^GFA,(\d+),(\d+),(\d+),([^^]*)\^FS/g)) {
        if (left !== "0") throw new Error("Only whole rows are expected");
        const pictures = rowsOf(data ?? "", Number(bytesARow));
        if (pictures.length * Number(bytesARow) !== Number(total)) throw new Error("The count of bytes is not that of the data");
        pictures.forEach((row, index) => rows[Number(top) + index]?.set(row));
      }
      return { widthDots, heightDots, copies: number("PQ"), rows };
    });
}

function rowsOf(data: string, bytesARow: number): Uint8Array[] {
  const digitsARow = bytesARow * 2;
  const rows: string[] = [];
  let row = "";
  let times = 0;
  for (const sign of data) {
    if (sign === ":") rows.push(rows.at(-1) ?? "");
    else if (sign === ",") row = row.padEnd(digitsARow, "0");
    else if (sign === "!") row = row.padEnd(digitsARow, "F");
    else if (sign >= "G" && sign <= "Y") times += sign.charCodeAt(0) - "F".charCodeAt(0);
    else if (sign >= "g" && sign <= "z") times += (sign.charCodeAt(0) - "f".charCodeAt(0)) * 20;
    else {
      row += sign.repeat(times || 1);
      times = 0;
    }
    if (row.length > digitsARow) throw new Error("A row is longer than its picture");
    if (row.length === digitsARow) {
      rows.push(row);
      row = "";
    }
  }
  if (row !== "") throw new Error("The last row is not complete");
  return rows.map((digits) => Uint8Array.from(Buffer.from(digits, "hex")));
}
