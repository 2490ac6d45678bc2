"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { FirmwareState } from "@/server/domain/firmware/vocabulary";
import type { FirmwarePageView } from "@/server/services/firmware/get-firmware";
import { STEP_FACTS, stepLabel } from "./state-steps";

interface StateDialogProps {
  firmware: FirmwarePageView;
  to: Exclude<FirmwareState, "draft">;
  onClose: () => void;
}

/** Moves a version to its next state, after saying what that means. */
export function StateDialog({ firmware, to, onClose }: StateDialogProps) {
  const trpc = useTRPC();
  const move = useMutation(trpc.firmware.setState.mutationOptions());
  const [note, setNote] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const facts = STEP_FACTS[to];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setErrors({});
    try {
      await move.mutateAsync({ id: firmware.id, from: firmware.state, to, note });
      toast.success(`${firmware.version}: ${facts.done.toLowerCase()}`);
      onClose();
    } catch (error) {
      const { data, message } = error as ApiError;
      setErrors(data?.fields && Object.keys(data.fields).length > 0 ? data.fields : { form: message });
    }
  };
  return (
    <FormDialog
      title={facts.title(firmware.version)}
      description={facts.consequence}
      failure={errors.form}
      submitLabel={stepLabel(firmware.state, to)}
      submitVariant={to === "deprecated" ? "danger" : "primary"}
      isSubmitting={move.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={facts.noteLabel} optional={!facts.needsNote} error={errors.note}>
        <Textarea autoFocus value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
