"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { FormDialog } from "@/components/patterns/form-dialog";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { webhookEndpointSchema } from "@/server/domain/webhooks/schema";
import { WEBHOOK_EVENT_TYPES } from "@/server/domain/webhooks/vocabulary";
import type { WebhookView } from "@/server/services/webhooks/views";
import { EventFields } from "./event-fields";
import { SecretDialog } from "./secret-dialog";

type WebhookFormInput = z.input<typeof webhookEndpointSchema>;
type WebhookFormOutput = z.output<typeof webhookEndpointSchema>;

const FIELDS = Object.keys(webhookEndpointSchema.shape) as (keyof WebhookFormInput)[];
const NEW: WebhookFormInput = { name: "", url: "", enabled: true, events: [...WEBHOOK_EVENT_TYPES], farmIds: [] };

/** Adds an endpoint, and then shows its secret; or changes one. */
export function WebhookDialog({ webhook, onClose }: { webhook?: WebhookView; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const create = useMutation(trpc.webhooks.create.mutationOptions());
  const update = useMutation(trpc.webhooks.update.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const [made, setMade] = useState<{ name: string; secret: string }>();
  const { register, control, formState, handleSubmit, setError } = useForm<WebhookFormInput, unknown, WebhookFormOutput>({
    resolver: zodResolver(webhookEndpointSchema),
    defaultValues: webhook ?? NEW,
  });
  const submit = handleSubmit(async (endpoint) => {
    setFailure(undefined);
    try {
      if (webhook) {
        await update.mutateAsync({ id: webhook.id, version: webhook.version, endpoint });
        toast.success("Saved");
      } else {
        const { secret } = await create.mutateAsync({ endpoint });
        setMade({ name: endpoint.name, secret });
      }
      await queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
      if (webhook) onClose();
    } catch (error) {
      setFailure(applyFieldErrors(withoutPrefix(error as ApiError), setError, FIELDS));
    }
  });
  if (made) return <SecretDialog title={`${made.name} is told from now on`} secret={made.secret} onClose={onClose} />;
  const { errors } = formState;
  return (
    <FormDialog
      title={webhook ? "Change webhook" : "Add webhook"}
      description="Messages are posted as JSON and signed."
      failure={failure}
      submitLabel={webhook ? "Save" : "Add webhook"}
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={onClose}
      fieldsClassName="flex flex-col gap-5"
    >
      <Field label="Name" error={errors.name?.message}>
        <Input autoComplete="off" placeholder="Herd management" {...register("name")} />
      </Field>
      <Field label="URL" error={errors.url?.message} hint="https, on the public internet. Redirects are not followed.">
        <Input type="url" inputMode="url" autoComplete="off" placeholder="https://hooks.example.com/dairy" {...register("url")} />
      </Field>
      <Controller
        control={control}
        name="events"
        render={({ field: { value, onChange } }) => <EventFields selected={value} onChange={onChange} error={errors.events?.message} />}
      />
      <FieldSet legend="Farms" hint="Nothing chosen means every farm, and what belongs to none." error={errors.farmIds?.message}>
        <Controller
          control={control}
          name="farmIds"
          render={({ field }) => (
            <FilterMenu
              label="Farms"
              options={(farms.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              selected={field.value ?? []}
              onSelectedChange={field.onChange}
            />
          )}
        />
      </FieldSet>
      <Controller
        control={control}
        name="enabled"
        render={({ field: { value = true, onChange } }) => (
          <CheckboxField
            label="On"
            description="While it is off, what happens is not kept for it; what waits already goes on when it is on again."
            checked={value}
            onCheckedChange={onChange}
          />
        )}
      />
    </FormDialog>
  );
}

/** The server names fields of the endpoint `endpoint.name`. */
function withoutPrefix(error: ApiError): ApiError {
  const fields = Object.fromEntries(Object.entries(error.data?.fields ?? {}).map(([key, text]) => [key.replace(/^endpoint\./, ""), text]));
  return { message: error.message, data: { ...error.data, fields } } as ApiError;
}
