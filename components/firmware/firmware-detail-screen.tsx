"use client";

import { CloudUpload } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useConsole } from "@/components/console/console-shell";
import { formatBytes } from "@/components/devices/format-readings";
import { formatDay } from "@/components/maintenance/format-day";
import { BackLink } from "@/components/patterns/back-link";
import { CopyButton } from "@/components/patterns/copy-button";
import { type Definition, DefinitionList } from "@/components/patterns/definition-list";
import { PageHeader } from "@/components/patterns/page-header";
import { RelativeTime } from "@/components/patterns/relative-time";
import { FirmwareRolloutsCard } from "@/components/rollouts/firmware-rollouts-card";
import { rolloutOfFirmware } from "@/components/rollouts/new-rollout-href";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { canRollOut } from "@/server/domain/firmware/lifecycle";
import { FIRMWARE_FORMAT_LABELS, FIRMWARE_STATE_FACTS } from "@/server/domain/firmware/vocabulary";
import type { FirmwarePageView } from "@/server/services/firmware/get-firmware";
import { CompareCard } from "./compare-card";
import { FirmwareActions } from "./firmware-actions";
import { FirmwareStateBadge } from "./firmware-state-badge";
import { InstalledCard } from "./installed-card";
import { LoadedFirmware } from "./loaded-firmware";
import { StateHistory } from "./state-history";

/** One version: what it is, where it stands and who put it there, who runs it, what is new in it. */
export function FirmwareDetailScreen({ firmwareId }: { firmwareId: string }) {
  return <LoadedFirmware firmwareId={firmwareId}>{(firmware) => <Detail firmware={firmware} />}</LoadedFirmware>;
}

function Detail({ firmware }: { firmware: FirmwarePageView }) {
  const subject = [DEVICE_TYPE_FACTS[firmware.deviceType].label, firmware.manufacturer, firmware.compatibleModels.join(", ")];
  const blocked = firmware.steps.find(({ refusal }) => refusal !== null);
  return (
    <>
      <PageHeader
        back={<BackLink href="/firmware">Firmware</BackLink>}
        title={
          <>
            <span className="font-mono tracking-tight break-all">{firmware.version}</span> {firmware.name}
          </>
        }
        badge={
          <>
            <FirmwareStateBadge state={firmware.state} isNewest={firmware.isNewestStable} />
            {firmware.isMandatory ? <Badge tone="warning">Mandatory</Badge> : null}
          </>
        }
        subtitle={subject.filter(Boolean).join(" · ")}
        actions={<Actions firmware={firmware} />}
      />
      {blocked ? (
        <Callout tone="info" className="mb-4">
          {blocked.refusal}
        </Callout>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <div className="flex min-w-0 flex-col gap-4">
          <Words title="Release notes" text={firmware.releaseNotes} />
          <Words title="Changelog" text={firmware.changelog} />
          <FactCard title="Version" items={versionFacts(firmware)} />
          <FactCard title="File" items={fileFacts(firmware)} />
          <CompareCard firmware={firmware} />
        </div>
        {/* Where one column is all there is, who runs it and where it stands come first. */}
        <div className="flex min-w-0 flex-col gap-4 max-lg:order-first">
          <InstalledCard firmware={firmware} />
          {firmware.state === "draft" ? null : <FirmwareRolloutsCard firmware={firmware} />}
          <StateHistory history={firmware.history} />
        </div>
      </div>
    </>
  );
}

/** Farm managers roll out what admins have released. */
function Actions({ firmware }: { firmware: FirmwarePageView }) {
  const { viewer } = useConsole();
  return (
    <>
      {firmware.mayManage ? <FirmwareActions firmware={firmware} /> : null}
      {viewer.canManageRollouts && canRollOut(firmware.state) ? (
        <Button variant={firmware.state === "stable" ? "primary" : "secondary"} render={<Link href={rolloutOfFirmware(firmware)} />}>
          <CloudUpload aria-hidden />
          Roll out
        </Button>
      ) : null}
    </>
  );
}

function Words({ title, text }: { title: string; text: string | null }) {
  if (!text) return null;
  return (
    <Card>
      <CardHeader title={title} divided />
      <CardBody className="pt-3">
        <p className="break-words whitespace-pre-line">{text}</p>
      </CardBody>
    </Card>
  );
}

function FactCard({ title, items }: { title: string; items: Definition[] }) {
  return (
    <Card>
      <CardHeader title={title} divided />
      <CardBody className="pt-4">
        <DefinitionList items={items} className="break-words" />
      </CardBody>
    </Card>
  );
}

function versionFacts(firmware: FirmwarePageView): Definition[] {
  const added: ReactNode = (
    <>
      <RelativeTime at={firmware.createdAt} suffix=" ago" />
      {firmware.createdBy ? ` by ${firmware.createdBy}` : ""}
    </>
  );
  return [
    {
      term: "State",
      value: `${FIRMWARE_STATE_FACTS[firmware.state].label}: ${FIRMWARE_STATE_FACTS[firmware.state].meaning.toLowerCase()}`,
    },
    { term: "Manufacturer", value: firmware.manufacturer || "of every maker" },
    { term: "Models", value: firmware.compatibleModels.join(", ") || "every model of the type" },
    { term: "Minimum before", value: firmware.minPreviousVersion ?? "none, from any version", mono: firmware.minPreviousVersion !== null },
    { term: "Mandatory", value: firmware.isMandatory ? "Yes, older devices have to take it" : "No" },
    { term: "Released", value: formatDay(firmware.releaseDate) },
    { term: "Order", value: firmware.isSemantic ? "Semantic version" : "By its natural segments: it is no semantic version" },
    { term: "Sequence", value: firmware.sequence ?? "None before testing" },
    { term: "Added", value: added },
  ];
}

function fileFacts(firmware: FirmwarePageView): Definition[] {
  if (!firmware.sha256 || firmware.sizeBytes === null || !firmware.format)
    return [{ term: "File", value: "None yet. Edit the draft to add it." }];
  const checksum = (
    <span className="flex items-start gap-1">
      <span className="min-w-0 break-all">{firmware.sha256}</span>
      <CopyButton text={firmware.sha256} label="Copy SHA-256" variant="ghost" size="icon-sm" className="-my-1.5" />
    </span>
  );
  return [
    { term: "Name", value: firmware.fileName },
    { term: "Size", value: `${formatBytes(firmware.sizeBytes)} (${firmware.sizeBytes.toLocaleString("en")} bytes)` },
    { term: "Format", value: FIRMWARE_FORMAT_LABELS[firmware.format] },
    { term: "SHA-256", value: checksum, mono: true },
    ...(firmware.downloadUrl ? [{ term: "Fetched from", value: <span className="break-all">{firmware.downloadUrl}</span> }] : []),
  ];
}
