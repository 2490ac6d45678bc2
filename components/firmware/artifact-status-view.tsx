import { FileCheck2 } from "lucide-react";
import { formatBytes } from "@/components/devices/format-readings";
import { CopyButton } from "@/components/patterns/copy-button";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { IconTile } from "@/components/ui/icon-tile";
import { Progress } from "@/components/ui/progress";
import { FIRMWARE_FORMAT_LABELS } from "@/server/domain/firmware/vocabulary";
import type { ArtifactStatus } from "./use-artifact";

interface ArtifactStatusViewProps {
  status: Exclude<ArtifactStatus, { phase: "none" }>;
  /** Ends the transfer, or takes the file away. */
  onClear: () => void;
}

/** How far a file is, or what it is. */
export function ArtifactStatusView({ status, onClear }: ArtifactStatusViewProps) {
  if (status.phase === "failed")
    return (
      <Callout
        tone="critical"
        live
        title={`${status.fileName} was not taken`}
        action={
          <Button size="sm" onClick={onClear}>
            Choose another
          </Button>
        }
      >
        {status.message}
      </Callout>
    );
  if (status.phase === "done") return <StoredFile status={status} onClear={onClear} />;
  const { fileName, totalBytes, sentBytes, phase } = status;
  return (
    <div className="flex flex-wrap items-end gap-4">
      <Progress
        className="min-w-0 flex-1 basis-64"
        label={<span className="break-all">{fileName}</span>}
        value={totalBytes === null ? null : (sentBytes / totalBytes) * 100}
        detail={detailOf(status)}
        tone={phase === "waiting" ? "warning" : "accent"}
      />
      <Button onClick={onClear}>Cancel</Button>
      {phase === "waiting" ? (
        <Callout tone="warning" live className="w-full">
          The connection broke. It goes on by itself from where it was.
        </Callout>
      ) : null}
    </div>
  );
}

function detailOf(status: Extract<ArtifactStatus, { phase: "sending" | "waiting" }>): string {
  const { totalBytes, sentBytes } = status;
  const amount = totalBytes === null ? formatBytes(sentBytes) : `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`;
  if (totalBytes !== null && sentBytes >= totalBytes) return "Checking…";
  const speed = status.phase === "sending" && status.bytesPerSecond ? ` · ${formatBytes(Math.round(status.bytesPerSecond))}/s` : "";
  return amount + speed;
}

function StoredFile({ status, onClear }: { status: Extract<ArtifactStatus, { phase: "done" }>; onClear: () => void }) {
  const { fileName, artifact } = status;
  return (
    <div className="flex items-start gap-3">
      <IconTile tone={artifact.format === "unknown" ? "warning" : "healthy"}>
        <FileCheck2 />
      </IconTile>
      <div className="min-w-0 flex-1">
        <p className="font-semibold break-all">{fileName}</p>
        <p className="text-sm text-ink-2 tabular">
          {formatBytes(artifact.sizeBytes)} · {FIRMWARE_FORMAT_LABELS[artifact.format]}
        </p>
        <p className="mt-1 flex items-center gap-1 text-sm text-ink-3">
          <span className="min-w-0 font-mono tracking-tight break-all">
            <span className="sr-only">SHA-256 </span>
            {artifact.sha256}
          </span>
          <CopyButton text={artifact.sha256} label="Copy SHA-256" variant="ghost" size="icon-sm" />
        </p>
      </div>
      <Button size="sm" onClick={onClear}>
        Remove
      </Button>
    </div>
  );
}
