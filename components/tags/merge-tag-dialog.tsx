"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ColorDot } from "@/components/patterns/color-dot";
import { FormDialog } from "@/components/patterns/form-dialog";
import { amountOf } from "@/components/patterns/format-count";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { TagView } from "@/server/services/tags/list-tags";

interface MergeTagDialogProps {
  tag: TagView;
  others: readonly TagView[];
  onDone: () => void;
  onClose: () => void;
}

/** Two words for one thing become one. */
export function MergeTagDialog({ tag, others, onDone, onClose }: MergeTagDialogProps) {
  const trpc = useTRPC();
  const [targetId, setTargetId] = useState<string>();
  const [missing, setMissing] = useState(false);
  const target = others.find((other) => other.id === targetId);
  const merge = useMutation(
    trpc.tags.merge.mutationOptions({
      onSuccess: () => {
        toast.success(`${tag.name} is merged into ${target?.name}`);
        onDone();
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!target);
    if (target) merge.mutate({ sourceIds: [tag.id], targetId: target.id });
  };
  return (
    <FormDialog
      title={`Merge ${tag.name}`}
      description="Its devices get the other tag instead, and this one is gone. This cannot be undone."
      failure={merge.error?.message}
      submitLabel="Merge"
      submitVariant="danger"
      isSubmitting={merge.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="Into"
        error={missing ? "Choose the tag that stays" : undefined}
        hint={target ? `${target.name} is put on ${amountOf(tag.deviceCount, "device")}.` : undefined}
      >
        <Select
          items={others.map((other) => ({ value: other.id, label: other.name, icon: <ColorDot color={other.color} /> }))}
          value={targetId ?? null}
          onValueChange={(id) => {
            setTargetId(id);
            setMissing(false);
          }}
          placeholder="Choose a tag"
        />
      </Field>
    </FormDialog>
  );
}
