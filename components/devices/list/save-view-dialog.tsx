"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";

/** Keeps search, filters, order and columns under a name. */
export function SaveViewDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [error, setError] = useState<string>();
  const [isTaken, setIsTaken] = useState(false);
  const save = useMutation(trpc.views.save.mutationOptions());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await save.mutateAsync({ name, query, shared, replace: isTaken });
      await queries.invalidateQueries({ queryKey: trpc.views.pathKey() });
      toast.success(`View “${name.trim()}” is saved`);
      onClose();
    } catch (failure) {
      const { message, data } = failure as ApiError;
      setIsTaken(data?.errorCode === "conflict" && message.startsWith("You have a view"));
      setError(data?.fields.name ?? message);
    }
  };
  return (
    <FormDialog
      title="Save this view"
      description="Search, filters, order and columns as they are now."
      submitLabel={isTaken ? "Replace it" : "Save view"}
      isSubmitting={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" error={error}>
        <Input
          autoFocus
          autoComplete="off"
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            setIsTaken(false);
            setError(undefined);
          }}
        />
      </Field>
      <CheckboxField
        label="Share it"
        description="Everybody on your farms finds it under Views"
        checked={shared}
        onCheckedChange={setShared}
      />
    </FormDialog>
  );
}
