"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { CheckboxField } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
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
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title="Save this view" description="Search, filters, order and columns as they are now.">
        <form onSubmit={(event) => void submit(event)} noValidate className="flex min-h-0 flex-1 flex-col">
          <DialogBody className="flex flex-col gap-4">
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
          </DialogBody>
          <DialogFooter>
            <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
            <Button type="submit" variant="primary" size="lg" loading={save.isPending}>
              {isTaken ? "Replace it" : "Save view"}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
