"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ColorPicker } from "@/components/patterns/color-picker";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { COLOR_NAMES } from "@/server/domain/color";
import { createTagSchema } from "@/server/domain/tags/schema";
import type { TagView } from "@/server/services/tags/list-tags";

const FIELDS = ["name", "color"] as const;

interface TagDialogProps {
  /** To rename or recolour; left out = a new one. */
  tag?: TagView;
  onDone: () => void;
  onClose: () => void;
}

/** A tag's name and colour. */
export function TagDialog({ tag, onDone, onClose }: TagDialogProps) {
  const trpc = useTRPC();
  const create = useMutation(trpc.tags.create.mutationOptions());
  const update = useMutation(trpc.tags.update.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const { register, control, handleSubmit, setError, formState } = useForm<
    z.input<typeof createTagSchema>,
    unknown,
    z.output<typeof createTagSchema>
  >({ resolver: zodResolver(createTagSchema), defaultValues: { name: tag?.name ?? "", color: tag?.color ?? 1 } });
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      if (tag) await update.mutateAsync({ ...input, id: tag.id });
      else await create.mutateAsync(input);
      toast.success(tag ? "Saved" : `${input.name} is added`);
      onDone();
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
    }
  });
  return (
    <FormDialog
      title={tag ? `Edit ${tag.name}` : "Add a tag"}
      description={tag ? "The change shows on every device with this tag." : "For devices of any farm."}
      failure={failure}
      submitLabel={tag ? "Save" : "Add tag"}
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" error={formState.errors.name?.message}>
        <Input autoFocus autoComplete="off" placeholder="Under warranty" {...register("name")} />
      </Field>
      <Controller
        control={control}
        name="color"
        render={({ field }) => <ColorPicker legend="Colour" names={COLOR_NAMES} value={field.value ?? 0} onValueChange={field.onChange} />}
      />
    </FormDialog>
  );
}
