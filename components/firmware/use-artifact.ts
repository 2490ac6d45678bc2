import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FILE_REFUSALS, fileFormatOf, FORMAT_HEAD_BYTES } from "@/server/domain/firmware/file-format";
import type { UploadView } from "@/server/services/firmware/find-upload";
import type { ArtifactView } from "@/server/services/firmware/keep-artifact";
import { UploadTask, type UploadStatus } from "./upload-task";

/** The file of a version on its way into the store. */
export type ArtifactStatus =
  | { phase: "none" }
  | ({ fileName: string; totalBytes: number | null } & Exclude<UploadStatus, { phase: "done" | "failed" }>)
  | { phase: "done"; fileName: string; sourceUrl: string | null; artifact: ArtifactView }
  | { phase: "failed"; fileName: string; message: string };

export interface ArtifactControl {
  status: ArtifactStatus;
  send: (file: File, expectedSha256: string) => void;
  fetchFrom: (url: string, expectedSha256: string) => void;
  /** Whether the server has not taken the address yet. */
  isAsking: boolean;
  /** What is wrong with the address itself. */
  urlError: string | undefined;
  /** Ends a transfer, or takes the file away. */
  clear: () => void;
}

const ASK_MS = 1_000;

/** Brings a file into the store: from this computer, or by the server from another one. */
export function useArtifact(
  initial: ArtifactStatus,
  onDone: (status: Extract<ArtifactStatus, { phase: "done" }>) => void,
): ArtifactControl {
  const trpc = useTRPC();
  const [status, setStatus] = useState(initial);
  const [urlError, setUrlError] = useState<string>();
  const stop = useRef<(isFinal: boolean) => void>(undefined);
  const start = useMutation(trpc.firmware.fetchFile.mutationOptions());
  useEffect(() => () => stop.current?.(false), []);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  const finish = useCallback((fileName: string, sourceUrl: string | null, artifact: ArtifactView) => {
    const next = { phase: "done", fileName, sourceUrl, artifact } as const;
    setStatus(next);
    done.current(next);
  }, []);

  const send = async (file: File, expectedSha256: string) => {
    stop.current?.(true);
    const fileName = file.name;
    // The server judges, too; but nobody has to send 200 MB to hear that it was the wrong file.
    const verdict = fileFormatOf(new Uint8Array(await file.slice(0, FORMAT_HEAD_BYTES).arrayBuffer()));
    if ("refusal" in verdict) return setStatus({ phase: "failed", fileName, message: FILE_REFUSALS[verdict.refusal] });
    const task = new UploadTask(file, expectedSha256, (next) => {
      if (next.phase === "done") finish(fileName, null, next.artifact);
      else if (next.phase === "failed") setStatus({ ...next, fileName });
      else setStatus({ ...next, fileName, totalBytes: file.size });
    });
    stop.current = (isFinal) => (isFinal ? task.cancel() : task.leave());
    setStatus({ phase: "sending", fileName, totalBytes: file.size, sentBytes: 0, bytesPerSecond: null });
    await task.start();
  };

  const fetchFrom = async (url: string, expectedSha256: string) => {
    stop.current?.(true);
    setUrlError(undefined);
    try {
      const { uploadId } = await start.mutateAsync({ url, expectedSha256 });
      stop.current = follow(uploadId, (view) => {
        const { fileName, artifact, failure, receivedBytes, sizeBytes } = view;
        if (artifact) finish(fileName, url.trim(), artifact);
        else if (failure) setStatus({ phase: "failed", fileName, message: failure });
        else setStatus({ phase: "sending", fileName, totalBytes: sizeBytes, sentBytes: receivedBytes, bytesPerSecond: null });
      });
    } catch (error) {
      const { data, message } = error as ApiError;
      setUrlError(data?.fields.url ?? data?.fields.expectedSha256 ?? message);
    }
  };

  const clear = () => {
    stop.current?.(true);
    stop.current = undefined;
    setStatus({ phase: "none" });
  };
  return {
    status,
    send: (file, expectedSha256) => void send(file, expectedSha256),
    fetchFrom: (url, expectedSha256) => void fetchFrom(url, expectedSha256),
    isAsking: start.isPending,
    urlError,
    clear,
  };
}

/** Asks every second how far the server is. @returns what ends it, on the server too when it is final */
function follow(uploadId: string, onView: (view: UploadView) => void): (isFinal: boolean) => void {
  const location = `/api/firmware/uploads/${uploadId}`;
  let stopped = false;
  const ask = async () => {
    const response = await fetch(location).catch(() => undefined);
    if (stopped) return;
    const view = response?.ok ? ((await response.json()) as UploadView) : undefined;
    if (view) onView(view);
    stopped ||= view !== undefined && (view.artifact !== null || view.failure !== null);
    if (!stopped) setTimeout(() => void ask(), ASK_MS);
  };
  void ask();
  return (isFinal) => {
    const isOver = stopped;
    stopped = true;
    if (isFinal && !isOver) void fetch(location, { method: "DELETE", headers: { "tus-resumable": "1.0.0" } }).catch(() => undefined);
  };
}
