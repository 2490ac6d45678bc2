import { ImportFileError } from "@/server/domain/imports/file-error";
import { type FileRow, ImportReader } from "@/server/domain/imports/import-reader";
import type { ColumnMapping } from "@/server/domain/imports/match-columns";
import { pickCells, readCells, surplusIssue } from "@/server/domain/imports/read-cells";
import type { FileAnswer, FileRequest } from "./file-messages";

// Reads a file beside the page: a million rows do not freeze it. The rules are those that the server has.

const SAMPLE_ROWS = 50;
const TELL_MS = 100;

let sample: FileRow[] = [];

self.addEventListener("message", ({ data }: MessageEvent<FileRequest>) => {
  if (data.kind === "read") void read(data.file);
  else answer({ kind: "looked", issues: sample.map((row) => issuesOf(row, data.mapping)) });
});

function answer(message: FileAnswer): void {
  self.postMessage(message);
}

async function read(file: File): Promise<void> {
  try {
    const reader = new ImportReader();
    const stream = file.stream().getReader();
    let [rows, bytes, told] = [0, 0, performance.now()];
    sample = [];
    const take = (found: FileRow[]) => {
      rows += found.length;
      if (sample.length < SAMPLE_ROWS) sample.push(...found.slice(0, SAMPLE_ROWS - sample.length));
    };
    for (let piece = await stream.read(); !piece.done; piece = await stream.read()) {
      take(reader.push(piece.value));
      bytes += piece.value.length;
      if (performance.now() - told < TELL_MS) continue;
      told = performance.now();
      answer({ kind: "progress", rows, share: bytes / Math.max(1, file.size) });
    }
    take(reader.end());
    if (reader.head) answer({ kind: "read", head: reader.head, rows, sample: sample.map(({ cells }) => cells) });
  } catch (error) {
    const message =
      error instanceof ImportFileError ? error.message : "The file cannot be read. It may have been moved or changed; choose it again.";
    answer({ kind: "fault", message });
  }
}

function issuesOf(row: FileRow, mapping: ColumnMapping) {
  const { cells, surplusCells } = pickCells(row, mapping);
  const { issues } = readCells(cells);
  return surplusCells === null ? issues : [surplusIssue(surplusCells, mapping.length), ...issues];
}
