"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { resolveAlertsSchema } from "@/server/domain/alerts/schema";
import { sayHandled } from "./use-alert-actions";

interface AlertDialogProps {
  ids: string[];
  onClose: () => void;
  onDone?: () => void;
}

/** Closes alerts with what was done. */
export function ResolveDialog({ ids, onClose, onDone }: AlertDialogProps) {
  const trpc = useTRPC();
  const resolve = useMutation(trpc.alerts.resolve.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const { register, handleSubmit, setError, formState } = useForm<
    z.input<typeof resolveAlertsSchema>,
    unknown,
    z.output<typeof resolveAlertsSchema>
  >({ resolver: zodResolver(resolveAlertsSchema), defaultValues: { ids, notes: "" } });
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      toast.success(sayHandled(await resolve.mutateAsync(input), "resolved"));
      onDone?.();
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, ["notes"]));
    }
  });
  return (
    <FormDialog
      title={ids.length === 1 ? "Resolve the alert" : `Resolve ${ids.length.toLocaleString("en")} alerts`}
      description="Alerts end by themselves when their condition is gone. Resolve what nobody measures, or what you have dealt with."
      failure={failure}
      submitLabel="Resolve"
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="What was done"
        error={formState.errors.notes?.message}
        hint="If the condition lasts, the next check opens a new alert. To keep it quiet for a while, snooze it instead."
      >
        <Textarea autoFocus placeholder="Replaced the power supply" {...register("notes")} />
      </Field>
    </FormDialog>
  );
}
