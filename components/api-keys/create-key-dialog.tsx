"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { CheckboxField } from "@/components/ui/checkbox";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { createApiKeySchema } from "@/server/domain/api-keys/schema";
import { API_SCOPE_FACTS, API_SCOPES, type ApiScope } from "@/server/domain/api-keys/scopes";
import { SecretOnce } from "./secret-once";

const FIELDS = ["name", "scopes", "farmIds", "expiresInDays"] as const;
const EXPIRIES = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In one year" },
  { value: "never", label: "Never", description: "Rotate it yourself now and then" },
] as const;
const READING: ApiScope[] = ["farm.read", "device.read", "firmware.view"];

/** Makes a key; its secret is shown once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const [failure, setFailure] = useState<string>();
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({ onSuccess: () => void queries.invalidateQueries({ queryKey: trpc.apiKeys.pathKey() }) }),
  );
  const { register, control, handleSubmit, setError, formState } = useForm<
    z.input<typeof createApiKeySchema>,
    unknown,
    z.output<typeof createApiKeySchema>
  >({ resolver: zodResolver(createApiKeySchema), defaultValues: { name: "", scopes: READING, farmIds: [], expiresInDays: 365 } });
  const { errors } = formState;
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      await create.mutateAsync(input);
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
    }
  });
  if (create.data)
    return (
      // A tap beside the dialog must not take away what is shown only once.
      <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} disablePointerDismissal>
        <DialogContent title={`${create.data.name} is ready`}>
          <SecretOnce secret={create.data.secret} />
        </DialogContent>
      </Dialog>
    );
  return (
    <FormDialog
      title="Create an API key"
      description="It acts for you, within what you choose here."
      failure={failure}
      submitLabel="Create key"
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" hint="The program that will use it" error={errors.name?.message}>
        <Input autoComplete="off" placeholder="Herd software" {...register("name")} />
      </Field>
      <Controller
        control={control}
        name="expiresInDays"
        render={({ field }) => (
          <Field label="Ends" error={errors.expiresInDays?.message}>
            <Select
              items={EXPIRIES}
              value={field.value === null ? "never" : (String(field.value) as "365")}
              onValueChange={(value) => field.onChange(value === "never" ? null : Number(value))}
              ref={field.ref}
            />
          </Field>
        )}
      />
      <Controller
        control={control}
        name="farmIds"
        render={({ field }) => (
          <FieldSet legend="Farms" hint="None chosen: every farm, those added later included." error={errors.farmIds?.message}>
            {(farms.data ?? []).map(({ id, name }) => (
              <Choice key={id} value={id} chosen={field.value} onChange={field.onChange} label={name} />
            ))}
          </FieldSet>
        )}
      />
      <Controller
        control={control}
        name="scopes"
        render={({ field }) => (
          <FieldSet legend="What it may do" error={errors.scopes?.message}>
            {API_SCOPES.map((scope) => (
              <Choice
                key={scope}
                value={scope}
                chosen={field.value}
                onChange={field.onChange}
                label={API_SCOPE_FACTS[scope].label}
                description={API_SCOPE_FACTS[scope].meaning}
              />
            ))}
          </FieldSet>
        )}
      />
    </FormDialog>
  );
}

interface ChoiceProps<Value extends string> {
  value: Value;
  chosen: readonly Value[] | undefined;
  onChange: (chosen: Value[]) => void;
  label: string;
  description?: string;
}

function Choice<Value extends string>({ value, chosen = [], onChange, label, description }: ChoiceProps<Value>) {
  return (
    <CheckboxField
      label={label}
      description={description}
      checked={chosen.includes(value)}
      onCheckedChange={(checked) => onChange(checked ? [...chosen, value] : chosen.filter((other) => other !== value))}
    />
  );
}
