"use client";

import { useMutation } from "@tanstack/react-query";
import { ArrowRight, FileSpreadsheet, History } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { DropZone } from "@/components/patterns/drop-zone";
import { amountOf } from "@/components/patterns/format-count";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody } from "@/components/ui/card";
import { IconTile } from "@/components/ui/icon-tile";
import { Progress } from "@/components/ui/progress";
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from "@/server/domain/imports/limits";
import { mappingFaults, matchColumns } from "@/server/domain/imports/match-columns";
import { ColumnsCard } from "./columns-card";
import { describeFile } from "./describe-file";
import { FIRST_SETTINGS, type ImportForm } from "./import-form";
import { PreviewCard } from "./preview-card";
import { rememberColumns, rememberedColumns } from "./remembered-columns";
import { SettingsCard } from "./settings-card";
import { TemplateCard } from "./template-card";
import { uploadFile } from "./upload-file";
import { type FileReading, useFileReader } from "./use-file-reader";

/** A file of devices: chosen, looked at here, then checked by the server (DESIGN 8). */
export function ImportStartScreen({ onlyFarmId }: { onlyFarmId: string | null }) {
  const { selectedFarmId } = useConsole();
  const [form, setForm] = useState<ImportForm>({ ...FIRST_SETTINGS, mapping: [], defaultFarmId: selectedFarmId ?? onlyFarmId });
  const send = useSend();
  const { reading, issues, choose, forget, look } = useFileReader((header) => {
    const mapping = matchColumns(header, rememberedColumns());
    setForm((current) => ({ ...current, mapping }));
    return mapping;
  });
  return (
    <>
      <PageHeader
        title="Import devices"
        subtitle="From a CSV file. You see what would happen to each device before anything does."
        back={<BackLink href="/devices">Devices</BackLink>}
        actions={
          <Button render={<Link href="/devices/import/history" />}>
            <History aria-hidden />
            Earlier imports
          </Button>
        }
      />
      <div className="flex flex-col gap-4">
        {reading.phase === "none" || reading.phase === "fault" ? (
          <>
            {reading.phase === "fault" ? (
              <Callout tone="critical" live title={`${reading.file.name} cannot be imported`}>
                {reading.message}
              </Callout>
            ) : null}
            <DropZone
              what="a CSV file"
              hint={`UTF-8, separated by comma, semicolon or tab. Up to ${amountOf(MAX_IMPORT_ROWS, "row")} and ${MAX_IMPORT_BYTES / 1_048_576} MiB.`}
              accept=".csv,.tsv,.txt,text/csv"
              onFile={choose}
            />
            <TemplateCard />
          </>
        ) : (
          <ChosenFile reading={reading} onForget={send.isSending ? undefined : forget} />
        )}
        {reading.phase === "read" && form.mapping.length === reading.head.header.length ? (
          <FileForm
            reading={reading}
            issues={issues}
            form={form}
            onChange={(next) => {
              setForm(next);
              if (next.mapping !== form.mapping) look(next.mapping);
            }}
            send={send}
          />
        ) : null}
      </div>
    </>
  );
}

type ReadFile = FileReading & { phase: "read" };

function ChosenFile({ reading, onForget }: { reading: FileReading & { phase: "reading" | "read" }; onForget: (() => void) | undefined }) {
  return (
    <Card>
      <CardBody className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <IconTile tone="accent">
          <FileSpreadsheet />
        </IconTile>
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-semibold break-words">{reading.file.name}</p>
          <p className="text-sm text-ink-2 tabular">
            {reading.phase === "read"
              ? describeFile({ ...reading.head, rows: reading.rows, sizeBytes: reading.file.size })
              : `${amountOf(reading.rows, "row")} so far`}
          </p>
        </div>
        {onForget ? <Button onClick={onForget}>Choose another file</Button> : null}
        {reading.phase === "reading" ? (
          <Progress label="Reading the file" hideLabel value={reading.share * 100} className="basis-full" />
        ) : null}
      </CardBody>
    </Card>
  );
}

interface FileFormProps {
  reading: ReadFile;
  issues: ReturnType<typeof useFileReader>["issues"];
  form: ImportForm;
  onChange: (form: ImportForm) => void;
  send: ReturnType<typeof useSend>;
}

function FileForm({ reading, issues, form, onChange, send }: FileFormProps) {
  const { head, rows, sample, file } = reading;
  const faults = mappingFaults(head.header, form.mapping, { creates: form.mode === "create" });
  return (
    <>
      <ColumnsCard
        header={head.header}
        sample={sample}
        mapping={form.mapping}
        faults={faults}
        onChange={(mapping) => {
          onChange({ ...form, mapping });
          rememberColumns(head.header, mapping);
        }}
      />
      <PreviewCard rows={rows} sample={sample} mapping={form.mapping} issues={issues} />
      <SettingsCard settings={form} onChange={(settings) => onChange({ ...form, ...settings })} />
      {send.failure ? (
        <Callout tone="critical" live>
          {send.failure}
        </Callout>
      ) : null}
      {send.isSending ? <Progress label="Sending the file" value={send.share * 100} /> : null}
      <div className="flex flex-wrap items-center justify-end gap-3">
        <p className="text-sm text-ink-2">Nothing is imported yet.</p>
        <Button
          variant="primary"
          size="lg"
          loading={send.isSending}
          disabled={faults.length > 0}
          onClick={() => void send.start(file, form)}
        >
          Check {amountOf(rows, "row")}
          <ArrowRight aria-hidden />
        </Button>
      </div>
    </>
  );
}

/** Sends the file, has it checked, and goes on to where its import is shown. */
function useSend() {
  const trpc = useTRPC();
  const router = useRouter();
  const check = useMutation(trpc.imports.check.mutationOptions());
  const [share, setShare] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const start = async (file: File, form: ImportForm) => {
    setFailure(undefined);
    setShare(0);
    const controller = new AbortController();
    stop.current = controller;
    try {
      const { id } = await uploadFile(file, setShare, controller.signal);
      await check.mutateAsync({ id, ...form });
      router.push(`/devices/import/${id}`);
    } catch (error) {
      if (controller.signal.aborted) return;
      setFailure(error instanceof Error ? error.message : "That did not work. Try again.");
      setShare(undefined);
    }
  };
  return { start, isSending: share !== undefined, share: share ?? 0, failure };
}
