"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
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
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={facts.title(firmware.version)} description={facts.consequence}>
        <form onSubmit={(event) => void submit(event)} noValidate className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="flex flex-col gap-4">
            {errors.form ? (
              <Callout tone="critical" live>
                {errors.form}
              </Callout>
            ) : null}
            <Field label={facts.noteLabel} optional={!facts.needsNote} error={errors.note}>
              <Textarea autoFocus value={note} onChange={(event) => setNote(event.target.value)} />
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
            <Button type="submit" variant={to === "deprecated" ? "danger" : "primary"} size="lg" loading={move.isPending}>
              {stepLabel(firmware.state, to)}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
