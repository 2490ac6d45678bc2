"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { raiseAlertSchema } from "@/server/domain/alerts/schema";
import { ALERT_SEVERITIES } from "@/server/domain/alerts/vocabulary";
import { SEVERITY_LABELS } from "./alert-facts";

const SEVERITIES = ALERT_SEVERITIES.map((value) => ({ value, label: SEVERITY_LABELS[value] }));

/** What a person has noticed and no sensor can. */
export function RaiseDialog({ deviceId, onClose }: { deviceId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const raise = useMutation(trpc.alerts.raise.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const { register, control, handleSubmit, setError, formState } = useForm<
    z.input<typeof raiseAlertSchema>,
    unknown,
    z.output<typeof raiseAlertSchema>
  >({ resolver: zodResolver(raiseAlertSchema), defaultValues: { deviceId, message: "", severity: "warning" } });
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      await raise.mutateAsync(input);
      toast.success("Reported");
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, ["message", "severity"]));
    }
  });
  return (
    <FormDialog
      title={`Report a problem with ${deviceId}`}
      description="It stays open until somebody resolves it."
      failure={failure}
      submitLabel="Report"
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="What is wrong" error={formState.errors.message?.message}>
        <Textarea autoFocus placeholder="The housing is cracked" {...register("message")} />
      </Field>
      <Field label="Severity">
        <Controller
          control={control}
          name="severity"
          render={({ field }) => (
            <Select items={SEVERITIES} value={field.value ?? "warning"} onValueChange={field.onChange} ref={field.ref} />
          )}
        />
      </Field>
    </FormDialog>
  );
}
