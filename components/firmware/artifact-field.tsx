"use client";

import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { DropZone } from "@/components/patterns/drop-zone";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ArtifactStatusView } from "./artifact-status-view";
import type { FirmwareFormInput } from "./firmware-form-types";
import type { ArtifactControl } from "./use-artifact";

const MEBIBYTE = 1_048_576;

interface ArtifactFieldProps {
  control: ArtifactControl;
  maxBytes: number;
  /** As its maker publishes it. */
  publishedSha256: string;
  onPublishedSha256Change: (sha256: string) => void;
  mismatch: string | undefined;
}

/** The file of a version: sent from here, or fetched by the server from its maker. */
export function ArtifactField({ control, maxBytes, publishedSha256, onPublishedSha256Change, mismatch }: ArtifactFieldProps) {
  const { register, formState } = useFormContext<FirmwareFormInput>();
  const [url, setUrl] = useState("");
  const { status } = control;
  const { errors } = formState;
  return (
    <Card>
      <CardHeader title="File" description="A draft can wait for it; devices get it from testing on." divided />
      <CardBody className="flex flex-col gap-4">
        {status.phase === "none" ? (
          <>
            <DropZone
              what="the firmware file"
              hint={`Up to ${Math.floor(maxBytes / MEBIBYTE)} MiB. It is checked, and kept under its SHA-256.`}
              onFile={(file) => control.send(file, publishedSha256.trim())}
            />
            <Field
              label="Or let the server fetch it"
              error={control.urlError}
              hint="An https address on the public internet that leads straight to the file."
            >
              <Input
                type="url"
                inputMode="url"
                autoComplete="off"
                placeholder="https://firmware.example.com/mm-2.4.0.bin"
                value={url}
                onChange={(event) => setUrl(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key !== "Enter") return;
                  event.preventDefault();
                  control.fetchFrom(url, publishedSha256.trim());
                }}
                end={
                  <Button
                    size="sm"
                    loading={control.isAsking}
                    disabled={url.trim() === ""}
                    onClick={() => control.fetchFrom(url, publishedSha256.trim())}
                    className="-mr-1.5"
                  >
                    Fetch
                  </Button>
                }
              />
            </Field>
          </>
        ) : (
          <ArtifactStatusView status={status} onClear={control.clear} />
        )}
        {status.phase === "done" && status.artifact.format === "unknown" ? (
          <div>
            <CheckboxField
              label="This is the right file"
              description="Its first bytes fit no format that is known here. Makers have formats of their own; make sure it is none of somebody else’s."
              aria-invalid={errors.acceptsUnknownFormat ? true : undefined}
              {...register("acceptsUnknownFormat")}
            />
            <FieldError>{errors.acceptsUnknownFormat?.message}</FieldError>
          </div>
        ) : null}
        <Field
          label="Published SHA-256"
          optional
          error={mismatch}
          hint="From the maker’s release page; a file with another one is refused."
        >
          <Input
            mono
            autoComplete="off"
            spellCheck={false}
            value={publishedSha256}
            onChange={(event) => onPublishedSha256Change(event.target.value)}
          />
        </Field>
        <FieldError>{errors.artifactSha256?.message}</FieldError>
      </CardBody>
    </Card>
  );
}
