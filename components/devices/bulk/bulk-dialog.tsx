"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { newRequestKey } from "@/components/provisioning/wizard-draft";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { BULK_KIND_FACTS, type BulkKind, MAX_BULK_DEVICES, SKIP_REASON_TEXTS } from "@/server/domain/bulk/vocabulary";
import type { DeviceFilter } from "@/server/domain/devices/list-schema";
import type { BulkPreview } from "@/server/services/bulk/preview-bulk";
import { actionOf, EMPTY_DRAFT } from "./bulk-draft";
import { BulkFields } from "./bulk-fields";
import { BulkResult } from "./bulk-result";

interface BulkDialogProps {
  kind: BulkKind;
  target: { filter: DeviceFilter; except: string[] };
  onClose: () => void;
  /** The devices are no longer to be chosen. */
  onDone: () => void;
}

/** Asks what an action has to know, shows what it will do to how many, does it, and tells what became of each. */
export function BulkDialog({ kind, target, onClose, onDone }: BulkDialogProps) {
  const trpc = useTRPC();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [aim] = useState(target);
  const made = actionOf(kind, draft);
  const action = "action" in made ? made.action : undefined;
  const preview = useQuery({
    ...trpc.bulk.preview.queryOptions({ action: action ?? { kind: "diagnostic", params: {} }, target: aim }),
    enabled: action !== undefined,
    placeholderData: keepPreviousData,
  });
  const start = useMutation(trpc.bulk.start.mutationOptions());
  const requestKey = useRef<string>(undefined);
  const shown = action ? preview.data : undefined;
  const run = async () => {
    if (!action || !shown) return;
    requestKey.current ??= newRequestKey();
    try {
      await start.mutateAsync({ action, target: aim, expected: shown.willChange, requestKey: requestKey.current });
    } catch {
      // What was refused is asked anew; the message is in the dialog.
      requestKey.current = undefined;
      await preview.refetch();
    }
  };
  const close = () => {
    if (start.data) onDone();
    onClose();
  };
  const { label, isDanger } = BULK_KIND_FACTS[kind];
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && close()}>
      <DialogContent title={label} className={start.data ? "sm:max-w-2xl" : undefined}>
        {start.data ? (
          <BulkResult started={start.data} />
        ) : (
          <>
            <DialogBody className="flex flex-col gap-4">
              {start.error ? (
                <Callout tone="critical" live>
                  {start.error.message}
                </Callout>
              ) : null}
              <BulkFields kind={kind} draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
              {"missing" in made ? (
                <p className="text-ink-2">{made.missing}</p>
              ) : preview.error ? (
                <Callout tone="critical">{preview.error.message}</Callout>
              ) : (
                <Preview preview={shown} />
              )}
            </DialogBody>
            <DialogFooter>
              <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
              <Button
                size="lg"
                variant={isDanger ? "danger" : "primary"}
                loading={start.isPending}
                disabled={!shown || shown.willChange === 0 || shown.isTooMany || preview.isPlaceholderData}
                onClick={() => void run()}
              >
                {shown ? `${label}: ${devices(shown.willChange)}` : label}
              </Button>
            </DialogFooter>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}

function Preview({ preview }: { preview: BulkPreview | undefined }) {
  if (!preview) return <p className="text-ink-2">Looking what it would do…</p>;
  const farms = preview.farms > 1 ? ` on ${preview.farms} farms` : "";
  return (
    <div role="status" className="flex flex-col gap-2">
      {preview.isTooMany ? (
        <Callout tone="warning" title="Too many at once">
          One action takes at most {MAX_BULK_DEVICES.toLocaleString("en")} devices; these are {preview.total.toLocaleString("en")}. Narrow
          the list first.
        </Callout>
      ) : null}
      <p>
        <strong className="font-semibold">{devices(preview.willChange)}</strong> will change{farms}.
      </p>
      {preview.skipped.length > 0 ? (
        <ul className="flex flex-col gap-1 text-ink-2">
          {preview.skipped.map(({ reason, count, examples }) => (
            <li key={reason}>
              {devices(count)} left out: {SKIP_REASON_TEXTS[reason].toLowerCase()}{" "}
              <span className="text-sm text-ink-3">
                ({examples.join(", ")}
                {count > examples.length ? " …" : ""})
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function devices(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "device" : "devices"}`;
}
