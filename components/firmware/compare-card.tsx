"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { formatBytes } from "@/components/devices/format-readings";
import { formatDay } from "@/components/maintenance/format-day";
import { useTRPC } from "@/components/console/trpc";
import { formatCount } from "@/components/patterns/format-count";
import { ErrorState } from "@/components/patterns/error-state";
import { Missing } from "@/components/patterns/definition-list";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { ComparedField } from "@/server/domain/firmware/compare";
import { FIRMWARE_FORMAT_LABELS, FIRMWARE_STATE_FACTS, type FirmwareFormat, type FirmwareState } from "@/server/domain/firmware/vocabulary";
import type { ComparisonView } from "@/server/services/firmware/compare-versions";
import type { FirmwarePageView } from "@/server/services/firmware/get-firmware";

const FIELD_LABELS: Record<ComparedField, string> = {
  version: "Version",
  name: "Name",
  state: "State",
  manufacturer: "Manufacturer",
  compatibleModels: "Models",
  minPreviousVersion: "Minimum before",
  isMandatory: "Mandatory",
  releaseDate: "Released",
  releaseNotes: "Release notes",
  sizeBytes: "Size",
  format: "Format",
  sha256: "SHA-256",
};

/** What is different in another version for the same type; which one stands in the URL. */
export function CompareCard({ firmware }: { firmware: FirmwarePageView }) {
  const trpc = useTRPC();
  const [chosen, setChosen] = useQueryState("with", parseAsString);
  const otherId = firmware.others.some(({ id }) => id === chosen) ? chosen : null;
  const comparison = useQuery({
    ...trpc.firmware.compare.queryOptions({ fromId: otherId ?? "", toId: firmware.id }),
    enabled: otherId !== null,
  });
  if (firmware.others.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Compare" divided />
      <CardBody>
        <Field label={`What is different in ${firmware.version} from`}>
          <Select
            items={firmware.others.map(({ id, version, state }) => ({
              value: id,
              label: version,
              description: FIRMWARE_STATE_FACTS[state].label,
            }))}
            value={otherId}
            onValueChange={(id) => void setChosen(id)}
            placeholder="Choose a version"
            className="sm:max-w-72"
          />
        </Field>
      </CardBody>
      {otherId === null ? null : comparison.isError ? (
        <ErrorState level={3} onRetry={() => void comparison.refetch()} retrying={comparison.isFetching} />
      ) : comparison.data ? (
        <Comparison comparison={comparison.data} />
      ) : (
        <div aria-busy className="px-4 pb-4">
          <LoadingLabel />
          <Skeleton className="h-32 rounded-control" />
        </div>
      )}
    </Card>
  );
}

function Comparison({ comparison }: { comparison: ComparisonView }) {
  const { from, to, changes, changelogs, isSameFile } = comparison;
  return (
    <>
      <Table caption={`${from.version} and ${to.version} side by side`} containerClassName="border-t rounded-none">
        <TableHeader>
          <tr>
            <TableHead>
              <span className="sr-only">What</span>
            </TableHead>
            <TableHead className="font-mono">{from.version}</TableHead>
            <TableHead className="font-mono">{to.version}</TableHead>
          </tr>
        </TableHeader>
        <TableBody>
          {changes
            .filter(({ field }) => field !== "version")
            .map((change) => (
              <TableRow key={change.field}>
                <TableCell className="text-ink-2">{FIELD_LABELS[change.field]}</TableCell>
                <TableCell className="max-w-64 break-words">{inWords(change.field, change.from)}</TableCell>
                <TableCell className="max-w-64 break-words">{inWords(change.field, change.to)}</TableCell>
              </TableRow>
            ))}
          <TableRow>
            <TableCell className="text-ink-2">Devices</TableCell>
            <TableCell className="tabular">{formatCount(from.deviceCount)}</TableCell>
            <TableCell className="tabular">{formatCount(to.deviceCount)}</TableCell>
          </TableRow>
        </TableBody>
      </Table>
      {isSameFile ? <p className="border-t px-4 py-3 text-ink-2">Both are the same file.</p> : null}
      {changelogs.map(({ id, version, changelog }) => (
        <section key={id} className="border-t px-4 py-3">
          <h3 className="font-mono text-sm font-semibold tracking-tight">{version}</h3>
          <p className="mt-1 break-words whitespace-pre-line text-ink-2">{changelog}</p>
        </section>
      ))}
    </>
  );
}

function inWords(field: ComparedField, value: string | null) {
  if (field === "isMandatory") return value === "true" ? "Yes" : "No";
  if (value === null) return field === "compatibleModels" ? "every model" : <Missing label="none" />;
  switch (field) {
    case "state":
      return FIRMWARE_STATE_FACTS[value as FirmwareState].label;
    case "format":
      return FIRMWARE_FORMAT_LABELS[value as FirmwareFormat];
    case "sizeBytes":
      return formatBytes(Number(value));
    case "releaseDate":
      return formatDay(value);
    case "sha256":
      return <span className="font-mono tracking-tight">{value.slice(0, 12)}…</span>;
    case "minPreviousVersion":
      return <span className="font-mono tracking-tight">{value}</span>;
    case "version":
    case "name":
    case "manufacturer":
    case "compatibleModels":
    case "releaseNotes":
      return value;
  }
}
