"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { lazyResolver } from "@/components/console/lazy-resolver";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { PageHeader } from "@/components/patterns/page-header";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { toast } from "@/components/ui/toast";
import type { FirmwarePageView } from "@/server/services/firmware/get-firmware";
import { ArtifactField } from "./artifact-field";
import { FIRMWARE_FIELDS, type FirmwareFormInput, type FirmwareFormOutput, versionInName } from "./firmware-form-types";
import { type ArtifactStatus, useArtifact } from "./use-artifact";
import { NotesFields, VersionFields } from "./version-fields";

const resolver = lazyResolver(async () => (await import("@/server/domain/firmware/schema")).createFirmwareSchema);

interface FirmwareFormProps {
  /** The draft that is edited; left out = a new version. */
  firmware?: FirmwarePageView;
  maxBytes: number;
  /** Day, for the release date. */
  today: string;
}

/** Adds a version or edits a draft: its file, what it is, for which devices. */
export function FirmwareForm({ firmware, maxBytes, today }: FirmwareFormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const create = useMutation(trpc.firmware.create.mutationOptions());
  const update = useMutation(trpc.firmware.update.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const [publishedSha256, setPublishedSha256] = useState("");
  const form = useForm<FirmwareFormInput, unknown, FirmwareFormOutput>({ resolver, defaultValues: defaultsOf(firmware, today) });
  const { handleSubmit, setError, setValue, getValues, formState } = form;
  const artifact = useArtifact(statusOf(firmware), ({ fileName }) => {
    // Whoever said that a file was right has not seen this one.
    setValue("acceptsUnknownFormat", false);
    const version = versionInName(fileName);
    if (version && getValues("version") === "") setValue("version", version);
  });
  const file = artifact.status.phase === "done" ? artifact.status : undefined;
  const published = publishedSha256.trim().toLowerCase();
  const mismatch = file && published && published !== file.artifact.sha256 ? "The file has another SHA-256 than this" : undefined;
  const isMoving = artifact.status.phase === "sending" || artifact.status.phase === "waiting";

  const submit = handleSubmit(async () => {
    setFailure(undefined);
    if (mismatch) return setFailure("The file is not the published one. Take it away, or correct the SHA-256.");
    // As typed: the server reads it by the same schema.
    const input = {
      ...getValues(),
      artifactSha256: file?.artifact.sha256 ?? null,
      fileName: file?.fileName ?? null,
      downloadUrl: file?.sourceUrl ?? null,
    };
    try {
      if (firmware) await update.mutateAsync({ ...input, id: firmware.id, revision: firmware.revision });
      const { id } = firmware ?? (await create.mutateAsync(input));
      toast.success(firmware ? "Saved" : "Saved as a draft");
      router.push(`/firmware/${id}`);
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIRMWARE_FIELDS));
    }
  });

  return (
    <div className="mx-auto max-w-[50.5rem] lg:mx-0">
      <PageHeader
        back={<BackLink href={firmware ? `/firmware/${firmware.id}` : "/firmware"}>{firmware ? firmware.version : "Firmware"}</BackLink>}
        title={firmware ? `Edit ${firmware.version}` : "Add firmware"}
        subtitle="It begins as a draft. From testing on it stays as it is, so that everybody knows what a version means."
      />
      <FormProvider {...form}>
        <form noValidate onSubmit={(event) => void submit(event)} className="mt-5 flex flex-col gap-5">
          <ArtifactField
            control={artifact}
            maxBytes={maxBytes}
            publishedSha256={publishedSha256}
            onPublishedSha256Change={setPublishedSha256}
            mismatch={mismatch}
          />
          <VersionFields />
          <NotesFields />
          {failure ? (
            <Callout tone="critical" live>
              {failure}
            </Callout>
          ) : null}
          <div className="flex flex-wrap items-center justify-end gap-3">
            {isMoving ? <p className="text-sm text-ink-2">The file is still on its way.</p> : null}
            <Button type="submit" variant="primary" size="lg" loading={formState.isSubmitting} disabled={isMoving}>
              {firmware ? "Save" : "Save as draft"}
            </Button>
          </div>
        </form>
      </FormProvider>
    </div>
  );
}

function defaultsOf(firmware: FirmwarePageView | undefined, today: string): FirmwareFormInput {
  return {
    name: firmware?.name ?? "",
    version: firmware?.version ?? "",
    // Nothing is chosen yet; the schema asks for it.
    deviceType: firmware?.deviceType as FirmwareFormInput["deviceType"],
    manufacturer: firmware?.manufacturer ?? "",
    compatibleModels: firmware?.compatibleModels.join(", ") ?? "",
    minPreviousVersion: firmware?.minPreviousVersion ?? "",
    isMandatory: firmware?.isMandatory ?? false,
    releaseDate: firmware?.releaseDate ?? today,
    releaseNotes: firmware?.releaseNotes ?? "",
    changelog: firmware?.changelog ?? "",
    // A draft's file was said to be right when it was saved.
    acceptsUnknownFormat: firmware?.format === "unknown",
  };
}

function statusOf(firmware: FirmwarePageView | undefined): ArtifactStatus {
  if (!firmware?.sha256 || !firmware.format || firmware.sizeBytes === null) return { phase: "none" };
  const { sha256, sizeBytes, format, fileName, downloadUrl } = firmware;
  return { phase: "done", fileName: fileName ?? "firmware.bin", sourceUrl: downloadUrl, artifact: { sha256, sizeBytes, format } };
}
