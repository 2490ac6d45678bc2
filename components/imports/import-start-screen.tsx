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
import { type ColumnMapping, mappingFaults } from "@/server/domain/imports/match-columns";
import type { ImportSettings } from "@/server/domain/imports/schema";
import { ColumnsCard } from "./columns-card";
import { describeFile } from "./describe-file";
import { FIRST_SETTINGS, type ImportForm } from "./import-form";
import { PreviewCard } from "./preview-card";
import { SettingsCard } from "./settings-card";
import { TemplateCard } from "./template-card";
import { uploadFile } from "./upload-file";
import { type FileReading, useFileReader } from "./use-file-reader";

/** A file of devices: chosen, looked at here, then checked by the server (DESIGN 8). */
export function ImportStartScreen({ onlyFarmId }: { onlyFarmId: string | null }) {
  const { selectedFarmId } = useConsole();
  const { reading, issues, choose, forget, remap } = useFileReader();
  const [settings, setSettings] = useState<ImportSettings>({ ...FIRST_SETTINGS, defaultFarmId: selectedFarmId ?? onlyFarmId });
  const send = useSend();
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
        {reading.phase === "read" ? (
          <FileForm reading={reading} issues={issues} settings={settings} onSettings={setSettings} onMapping={remap} send={send} />
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
  settings: ImportSettings;
  onSettings: (settings: ImportSettings) => void;
  onMapping: (mapping: ColumnMapping) => void;
  send: ReturnType<typeof useSend>;
}

function FileForm({ reading, issues, settings, onSettings, onMapping, send }: FileFormProps) {
  const { head, rows, sample, file, mapping } = reading;
  const faults = mappingFaults(head.header, mapping, { creates: settings.mode === "create" });
  return (
    <>
      <ColumnsCard header={head.header} sample={sample} mapping={mapping} faults={faults} onChange={onMapping} />
      <PreviewCard rows={rows} sample={sample} mapping={mapping} issues={issues} />
      <SettingsCard settings={settings} onChange={onSettings} />
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
          onClick={() => void send.start(file, { ...settings, mapping })}
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
