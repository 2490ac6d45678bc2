import { useEffect, useRef, useState } from "react";
import type { FileHead } from "@/server/domain/imports/import-reader";
import { MAX_IMPORT_BYTES } from "@/server/domain/imports/limits";
import { type ColumnMapping, matchColumns } from "@/server/domain/imports/match-columns";
import type { Issue } from "@/server/domain/imports/read-cells";
import type { FileAnswer, FileRequest } from "./file-messages";
import { rememberColumns, rememberedColumns } from "./remembered-columns";

export type FileReading =
  | { phase: "none" }
  | { phase: "reading"; file: File; rows: number; share: number }
  | { phase: "read"; file: File; head: FileHead; rows: number; sample: string[][]; mapping: ColumnMapping }
  | { phase: "fault"; file: File; message: string };

/** A file that is read in a worker, and what its first rows say by a mapping. */
export function useFileReader() {
  const [reading, setReading] = useState<FileReading>({ phase: "none" });
  const [issues, setIssues] = useState<Issue[][]>([]);
  const worker = useRef<Worker>(undefined);
  useEffect(() => () => worker.current?.terminate(), []);

  const choose = (file: File) => {
    worker.current?.terminate();
    setIssues([]);
    if (file.size > MAX_IMPORT_BYTES) {
      setReading({
        phase: "fault",
        file,
        message: `The file is larger than ${MAX_IMPORT_BYTES / 1_048_576} MiB. Split it, and import one part after the other.`,
      });
      return;
    }
    setReading({ phase: "reading", file, rows: 0, share: 0 });
    const next = new Worker(new URL("./file.worker.ts", import.meta.url), { type: "module" });
    worker.current = next;
    next.addEventListener("message", ({ data }: MessageEvent<FileAnswer>) => {
      if (worker.current !== next) return;
      if (data.kind === "progress") setReading({ phase: "reading", file, rows: data.rows, share: data.share });
      else if (data.kind === "read") {
        const mapping = matchColumns(data.head.header, rememberedColumns());
        setReading({ phase: "read", file, head: data.head, rows: data.rows, sample: data.sample, mapping });
        next.postMessage({ kind: "look", mapping } satisfies FileRequest);
      } else if (data.kind === "fault") setReading({ phase: "fault", file, message: data.message });
      else setIssues(data.issues);
    });
    next.addEventListener("error", () => setReading({ phase: "fault", file, message: "The file could not be read. Try again." }));
    next.postMessage({ kind: "read", file } satisfies FileRequest);
  };

  const forget = () => {
    worker.current?.terminate();
    worker.current = undefined;
    setReading({ phase: "none" });
  };

  /** Another mapping for the file that is read; it is remembered. */
  const remap = (mapping: ColumnMapping) => {
    if (reading.phase !== "read") return;
    setReading({ ...reading, mapping });
    rememberColumns(reading.head.header, mapping);
    worker.current?.postMessage({ kind: "look", mapping } satisfies FileRequest);
  };
  return { reading, issues, choose, forget, remap };
}
