import { Printer } from "lucide-react";
import { QRCodeSVG } from "qrcode.react";
import { useNow } from "@/components/devices/use-now";
import { CopyButton } from "@/components/patterns/copy-button";
import { CopyField } from "@/components/patterns/copy-field";
import { DownloadButton } from "@/components/patterns/download-button";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogBody } from "@/components/ui/dialog";
import { tokenCsv } from "@/server/domain/provisioning/token-sheet";
import type { IssuedToken } from "@/server/services/provisioning/issue-tokens";
import { formatCountdown } from "./format-countdown";
import { type IssuedBatch, sheetRows } from "./issued-batch";
import { TokenPrintSheet } from "./token-print-sheet";

/** Every token in its three forms, to scan, read out, copy, print or save: the only time they are seen. */
export function IssuedTokens({ batch }: { batch: IssuedBatch }) {
  const { tokens } = batch;
  return (
    <DialogBody className="flex flex-col gap-4">
      <Callout
        tone="warning"
        title={tokens.length === 1 ? "It will not be shown again" : "They will not be shown again"}
        action={
          <span className="flex flex-wrap gap-2">
            <Button onClick={() => window.print()}>
              <Printer aria-hidden />
              Print
            </Button>
            <DownloadButton fileName={fileName(batch)} mimeType="text/csv;charset=utf-8" content={() => tokenCsv(sheetRows(batch))}>
              Download CSV
            </DownloadButton>
          </span>
        }
      >
        <Validity until={tokens[0]?.expiresAt} />
      </Callout>
      <p className="text-ink-2">{[batch.target, batch.farm, batch.note].filter(Boolean).join(" · ")}</p>
      <ol className="flex flex-col gap-3">
        {tokens.map((issued, index) => (
          <IssuedTokenItem key={issued.token} issued={issued} number={tokens.length > 1 ? index + 1 : undefined} />
        ))}
      </ol>
      <TokenPrintSheet batch={batch} />
    </DialogBody>
  );
}

function IssuedTokenItem({ issued, number }: { issued: IssuedToken; number: number | undefined }) {
  const { words, token, qrText } = issued;
  const of = number === undefined ? "" : ` ${number}`;
  return (
    <li className="flex gap-4 panel p-3.5 max-sm:flex-col">
      <QRCodeSVG value={qrText} size={132} level="M" marginSize={4} title={`QR code of token${of}`} className="shrink-0 rounded-control" />
      <div className="flex min-w-0 flex-1 flex-col justify-center gap-3">
        <p className="flex items-center gap-2">
          {number === undefined ? null : <span className="min-w-6 text-ink-3 tabular">{number}</span>}
          <strong className="min-w-0 text-figure break-words">{words}</strong>
          <CopyButton text={words} label={`Copy words${of}`} variant="ghost" size="icon-sm" />
        </p>
        <CopyField label={`Token${of}`} value={token} />
      </div>
    </li>
  );
}

function Validity({ until }: { until: Date | undefined }) {
  const now = useNow();
  if (!until) return null;
  return (
    <span>
      Valid for another <span className="font-medium tabular">{formatCountdown(until.getTime() - now.getTime())}</span>, for one device
      each.
    </span>
  );
}

function fileName({ farm, target }: IssuedBatch): string {
  return `tokens_${`${farm}_${target}`.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.csv`;
}
