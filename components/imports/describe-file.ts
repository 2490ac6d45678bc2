import { amountOf } from "@/components/patterns/format-count";
import { DELIMITER_LABELS, type Delimiter } from "@/server/domain/imports/delimiters";

interface FileFacts {
  rows: number;
  header: readonly string[];
  delimiter: string;
  sizeBytes: number;
}

/** `500 rows · 9 columns · semicolon · UTF-8 · 41 KB` */
export function describeFile({ rows, header, delimiter, sizeBytes }: FileFacts): string {
  const sign = DELIMITER_LABELS[delimiter as Delimiter]?.toLowerCase() ?? delimiter;
  return [amountOf(rows, "row"), amountOf(header.length, "column"), sign, "UTF-8", sizeOf(sizeBytes)].join(" · ");
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000)).toLocaleString("en")} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
