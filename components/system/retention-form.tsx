"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm, type UseFormReturn } from "react-hook-form";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import {
  DEFAULT_RETENTION,
  mayBeForEver,
  RETENTION_FACTS,
  RETENTION_KEYS,
  retentionSchema,
  type Retention,
  type RetentionKey,
} from "@/server/domain/retention/settings";
import type { RetentionView } from "@/server/services/retention/get-retention";
import type { Doomed } from "@/server/services/retention/preview-retention";
import { DoomedList } from "./doomed-list";

const emptyAsNull = (value: unknown) => (value === "" || value === null || value === undefined ? null : Number(value));

/** Says what a change would delete, asks, and saves. */
export function RetentionForm({ retention }: { retention: RetentionView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const save = useMutation(trpc.system.saveRetention.mutationOptions());
  const [asked, setAsked] = useState<{ settings: Retention; doomed: Doomed[] }>();
  const [failure, setFailure] = useState<string>();
  const form = useForm<Retention>({ resolver: zodResolver(retentionSchema), defaultValues: retention.settings });
  const { handleSubmit, setError, setValue, formState } = form;
  const refuse = (error: unknown) => setFailure(applyFieldErrors(withoutPrefix(error as ApiError), setError, RETENTION_KEYS));
  const submit = handleSubmit(async (settings) => {
    setFailure(undefined);
    try {
      const doomed = await queries.fetchQuery(trpc.system.previewRetention.queryOptions({ settings }, { staleTime: 0, gcTime: 0 }));
      setAsked({ settings, doomed });
    } catch (error) {
      refuse(error);
    }
  });
  const resetToDefaults = () => {
    for (const key of RETENTION_KEYS) setValue(key, DEFAULT_RETENTION[key], { shouldDirty: true, shouldValidate: true });
  };
  return (
    <Card>
      <CardHeader
        title="What is kept how long"
        description={
          retention.changedAt ? (
            <>
              Last changed <RelativeTime at={retention.changedAt} suffix=" ago" />
            </>
          ) : (
            "As it comes; nobody has changed it yet"
          )
        }
        divided
      />
      <form onSubmit={(event) => void submit(event)} noValidate>
        {failure ? (
          <Callout tone="critical" live className="mx-4 mt-4">
            {failure}
          </Callout>
        ) : null}
        <ul className="divide-y">
          {RETENTION_KEYS.map((key) => (
            <RetentionRow key={key} name={key} form={form} />
          ))}
        </ul>
        <CardFooter>
          <Button variant="ghost" size="lg" onClick={resetToDefaults} className="mr-auto">
            Defaults
          </Button>
          <Button type="submit" variant="primary" size="lg" loading={formState.isSubmitting} disabled={!formState.isDirty}>
            Save…
          </Button>
        </CardFooter>
      </form>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(isOpen) => !isOpen && setAsked(undefined)}
        title="Change how long things are kept?"
        consequence={asked ? <DoomedList doomed={asked.doomed} /> : null}
        confirmLabel="Save"
        tone={asked && asked.doomed.length > 0 ? "danger" : "plain"}
        onConfirm={async () => {
          if (!asked) return;
          await save.mutateAsync({ settings: asked.settings, version: retention.version });
          toast.success("Saved; housekeeping goes by it from its next run on");
          await queries.invalidateQueries({ queryKey: trpc.system.retention.queryKey() });
        }}
        describeFailure={(error) => (error as ApiError).message}
      />
    </Card>
  );
}

function RetentionRow({ name, form }: { name: RetentionKey; form: UseFormReturn<Retention> }) {
  const { label, unit, about, min, max, fallback } = RETENTION_FACTS[name];
  const bounds = `${min} to ${max.toLocaleString("en")} ${unit}; ${mayBeForEver(name) ? "empty = for ever" : `${fallback} unless changed`}`;
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_15rem]">
      <div className="min-w-0">
        <p className="font-medium">{label}</p>
        <p className="text-sm text-ink-2">{about}</p>
      </div>
      <Field label={label} hideLabel error={form.formState.errors[name]?.message} hint={bounds}>
        <Input
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          end={unit}
          placeholder={mayBeForEver(name) ? "For ever" : undefined}
          {...form.register(name, { setValueAs: emptyAsNull })}
        />
      </Field>
    </li>
  );
}

/** The server names fields of the settings `settings.sampleDays`. */
function withoutPrefix(error: ApiError): ApiError {
  const fields = Object.fromEntries(Object.entries(error.data?.fields ?? {}).map(([key, text]) => [key.replace(/^settings\./, ""), text]));
  return { message: error.message, data: { ...error.data, fields } } as ApiError;
}
