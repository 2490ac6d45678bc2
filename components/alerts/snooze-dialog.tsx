"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { sayHandled } from "./use-alert-actions";

const HOUR_MS = 3_600_000;
const SPANS = [
  { value: "1", label: "1 hour" },
  { value: "4", label: "4 hours" },
  { value: "12", label: "12 hours" },
  { value: "24", label: "1 day" },
  { value: "72", label: "3 days" },
  { value: "168", label: "1 week" },
  { value: "720", label: "30 days" },
];

interface SnoozeDialogProps {
  ids: string[];
  onClose: () => void;
  onDone?: () => void;
}

/** Puts alerts out of sight for a while, with the reason. */
export function SnoozeDialog({ ids, onClose, onDone }: SnoozeDialogProps) {
  const trpc = useTRPC();
  const snooze = useMutation(trpc.alerts.snooze.mutationOptions());
  const [hours, setHours] = useState("24");
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setErrors({});
    try {
      const until = new Date(Date.now() + Number(hours) * HOUR_MS);
      toast.success(sayHandled(await snooze.mutateAsync({ ids, until, reason }), "snoozed"));
      onDone?.();
      onClose();
    } catch (error) {
      const { data, message } = error as ApiError;
      setErrors(data?.fields && Object.keys(data.fields).length > 0 ? data.fields : { form: message });
    }
  };
  return (
    <FormDialog
      title={ids.length === 1 ? "Snooze the alert" : `Snooze ${ids.length.toLocaleString("en")} alerts`}
      description="Out of sight and quiet until then. It is watched on, and ends by itself when all is well again."
      failure={errors.form}
      submitLabel="Snooze"
      isSubmitting={snooze.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="For" error={errors.until}>
        <Select items={SPANS} value={hours} onValueChange={(value) => setHours(value ?? hours)} />
      </Field>
      <Field label="Why it can wait" error={errors.reason}>
        <Input autoFocus value={reason} onChange={(event) => setReason(event.target.value)} placeholder="Spare part is ordered" />
      </Field>
    </FormDialog>
  );
}
