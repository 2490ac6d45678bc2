"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { amountOf } from "@/components/patterns/format-count";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { mappingFaults, matchColumns } from "@/server/domain/imports/match-columns";
import type { ImportView } from "@/server/services/imports/views";
import { ColumnsCard } from "./columns-card";
import type { ImportForm } from "./import-form";
import { rememberColumns } from "./remembered-columns";
import { SettingsCard } from "./settings-card";

/** Another mapping or mode for a file that the server has already. */
export function RecheckForm({ job, onClose }: { job: ImportView; onClose?: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [form, setForm] = useState<ImportForm>({
    ...job.settings,
    mapping: job.mapping.length > 0 ? job.mapping : matchColumns(job.header),
  });
  const check = useMutation(
    trpc.imports.check.mutationOptions({
      onSuccess: (view) => {
        queries.setQueryData(trpc.imports.get.queryKey({ id: job.id }), view);
        void queries.invalidateQueries({ queryKey: trpc.imports.rows.pathKey() });
        onClose?.();
      },
    }),
  );
  const faults = mappingFaults(job.header, form.mapping, { creates: form.mode === "create" });
  return (
    <div className="flex flex-col gap-4">
      <ColumnsCard
        header={job.header}
        sample={job.sample}
        mapping={form.mapping}
        faults={faults}
        onChange={(mapping) => {
          setForm({ ...form, mapping });
          rememberColumns(job.header, mapping);
        }}
      />
      <SettingsCard settings={form} onChange={(settings) => setForm({ ...form, ...settings })} />
      {check.isError ? (
        <Callout tone="critical" live>
          {check.error.message}
        </Callout>
      ) : null}
      <div className="flex flex-wrap justify-end gap-3">
        {onClose ? (
          <Button size="lg" onClick={onClose}>
            Back to the preview
          </Button>
        ) : null}
        <Button
          variant="primary"
          size="lg"
          loading={check.isPending}
          disabled={faults.length > 0}
          onClick={() => check.mutate({ id: job.id, ...form })}
        >
          Check {amountOf(job.total, "row")}
        </Button>
      </div>
    </div>
  );
}
