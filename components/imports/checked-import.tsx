"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Settings2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { amountOf } from "@/components/patterns/format-count";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody } from "@/components/ui/card";
import type { ImportView } from "@/server/services/imports/views";
import { ImportRows } from "./import-rows";
import { RecheckForm } from "./recheck-form";

/** What would become of each row, to be mended, changed or imported. */
export function CheckedImport({ job }: { job: ImportView }) {
  const [isChanging, setChanging] = useState(false);
  if (isChanging) return <RecheckForm job={job} onClose={() => setChanging(false)} />;
  return (
    <div className="flex flex-col gap-4">
      <CommitCard job={job} onChange={() => setChanging(true)} />
      <ImportRows job={job} mayMend />
    </div>
  );
}

function CommitCard({ job, onChange }: { job: ImportView; onChange: () => void }) {
  const { verdicts, settings } = job;
  const act = useActs(job);
  const [isDiscarding, setDiscarding] = useState(false);
  const isHeld = verdicts.error > 0 && settings.onError === "all_or_nothing";
  const changing = verdicts.create + verdicts.update;
  return (
    <Card>
      <CardBody className="flex flex-col gap-4">
        <p className="text-lg">{planOf(job)}</p>
        {isHeld ? (
          <Callout
            tone="warning"
            title={`${amountOf(verdicts.error, "row")} ${verdicts.error === 1 ? "is" : "are"} wrong, and you chose all or nothing`}
            action={
              changing > 0 ? (
                <Button
                  loading={act.check.isPending}
                  onClick={() => act.check.mutate({ id: job.id, mapping: job.mapping, ...settings, onError: "skip" })}
                >
                  Leave wrong rows out
                </Button>
              ) : undefined
            }
          >
            Mend them below, or leave them out.
          </Callout>
        ) : changing === 0 ? (
          <Callout>
            No row would change anything. {settings.mode === "create" ? "Devices that exist are left as they are in this mode." : null}
          </Callout>
        ) : null}
        {act.failure ? (
          <Callout tone="critical" live>
            {act.failure}
          </Callout>
        ) : null}
        <div className="flex flex-wrap gap-2 max-sm:flex-col-reverse sm:items-center">
          <Button size="lg" variant="ghost" onClick={() => setDiscarding(true)}>
            Put aside
          </Button>
          <Button size="lg" onClick={onChange}>
            <Settings2 aria-hidden />
            Columns and settings
          </Button>
          <span className="flex-1" />
          <Button
            size="lg"
            variant="primary"
            loading={act.commit.isPending}
            disabled={isHeld || changing === 0}
            onClick={() => act.commit.mutate({ id: job.id, previewHash: job.previewHash ?? "" })}
          >
            Import {amountOf(changing, "device")}
          </Button>
        </div>
      </CardBody>
      <ConfirmDialog
        open={isDiscarding}
        onOpenChange={setDiscarding}
        title={`Put ${job.fileName} aside?`}
        consequence="The file and what was mended in it are forgotten. No device has been touched."
        confirmLabel="Put aside"
        tone="plain"
        onConfirm={act.discard}
        describeFailure={(error) => (error as ApiError).message}
      />
    </Card>
  );
}

/** "480 devices are registered as drafts, 12 are changed." */
function planOf({ verdicts, settings }: ImportView): string {
  const created = `${amountOf(verdicts.create, "new device")} ${verdicts.create === 1 ? "is" : "are"} registered${settings.issueCredentials ? " with passwords" : " as drafts"}`;
  const updated = `${amountOf(verdicts.update, "known device")} ${verdicts.update === 1 ? "is" : "are"} changed`;
  const parts = [...(settings.mode === "update" ? [] : [created]), ...(settings.mode === "create" ? [] : [updated])];
  return `${parts.join(", ")}. Nothing has been imported yet.`;
}

function useActs({ id }: ImportView) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const show = (view: ImportView) => queries.setQueryData(trpc.imports.get.queryKey({ id }), view);
  const commit = useMutation(
    trpc.imports.commit.mutationOptions({
      onSuccess: show,
      onError: () => void queries.invalidateQueries({ queryKey: trpc.imports.get.queryKey({ id }) }),
    }),
  );
  const check = useMutation(trpc.imports.check.mutationOptions({ onSuccess: show }));
  const discard = useMutation(trpc.imports.discard.mutationOptions());
  return {
    commit,
    check,
    failure: commit.error?.message ?? check.error?.message,
    discard: async () => {
      await discard.mutateAsync({ id });
      router.push("/devices/import");
    },
  };
}
