"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { CheckboxField } from "@/components/ui/checkbox";
import { toast } from "@/components/ui/toast";
import type { completeRecordSchema, editRecordSchema, planRecordSchema, recordDoneSchema } from "@/server/domain/maintenance/schema";
import type { DeviceMaintenance } from "@/server/services/maintenance/list-records";
import { RecordFields } from "./record-fields";
import { asksForResult, checkInput, defaultsOf, type FormTask, inputOf, RECORD_FIELDS, type RecordForm } from "./record-form";

const WORDS = {
  plan: { title: "Plan work", submit: "Plan", done: "Planned" },
  done: { title: "Record work", submit: "Record", done: "Recorded" },
  complete: { title: "Finish work", submit: "Finish", done: "Finished" },
  edit: { title: "Edit record", submit: "Save", done: "Saved" },
} as const;

interface RecordDialogProps {
  task: FormTask;
  maintenance: DeviceMaintenance;
  onClose: () => void;
}

/** Plans work, records it, finishes it, or corrects what was recorded. */
export function RecordDialog({ task, maintenance, onClose }: RecordDialogProps) {
  const save = useSave(task);
  const trpc = useTRPC();
  const end = useMutation(trpc.devices.setMaintenance.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const form = useForm<RecordForm>({ defaultValues: defaultsOf(task, maintenance) });
  const { handleSubmit, setError, register, formState } = form;
  const { device } = maintenance;
  const offersEnd = device.lifecycle === "maintenance" && (task.kind === "complete" || task.kind === "done");
  const words = WORDS[task.kind];
  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    const input = inputOf(task, values, maintenance);
    if (!checkInput(task, input, setError)) return;
    try {
      await save(input);
      toast.success(words.done);
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, RECORD_FIELDS));
      return;
    }
    if (offersEnd && values.endMaintenance)
      end.mutate({ deviceId: device.deviceId, maintenance: false }, { onError: (error) => toast.error(error.message) });
  });
  return (
    <FormProvider {...form}>
      <FormDialog
        title={`${words.title}: ${device.deviceId}`}
        description={"record" in task ? task.record.title : undefined}
        className="sm:max-w-2xl"
        failure={failure}
        submitLabel={words.submit}
        isSubmitting={formState.isSubmitting}
        onSubmit={submit}
        onClose={onClose}
        fieldsClassName="grid content-start gap-4 sm:grid-cols-2"
      >
        <RecordFields task={task} asksForResult={asksForResult(task)} today={maintenance.today} />
        {offersEnd ? (
          <CheckboxField
            label="End maintenance"
            description="The device is back in service; its health and alerts speak up again."
            className="sm:col-span-2"
            {...register("endMaintenance")}
          />
        ) : null}
      </FormDialog>
    </FormProvider>
  );
}

/** The input was checked by the schema of the same task a moment ago, which its type cannot say. */
function useSave(task: FormTask): (input: unknown) => Promise<unknown> {
  const trpc = useTRPC();
  const plan = useMutation(trpc.maintenance.plan.mutationOptions());
  const done = useMutation(trpc.maintenance.recordDone.mutationOptions());
  const complete = useMutation(trpc.maintenance.complete.mutationOptions());
  const edit = useMutation(trpc.maintenance.edit.mutationOptions());
  switch (task.kind) {
    case "plan":
      return (input) => plan.mutateAsync(input as z.input<typeof planRecordSchema>);
    case "done":
      return (input) => done.mutateAsync(input as z.input<typeof recordDoneSchema>);
    case "complete":
      return (input) => complete.mutateAsync(input as z.input<typeof completeRecordSchema>);
    case "edit":
      return (input) => edit.mutateAsync(input as z.input<typeof editRecordSchema>);
  }
}
