"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { ApiKeyView } from "@/server/services/api-keys/list-api-keys";
import { SecretOnce } from "./secret-once";

const OVERLAPS = [
  { value: "0", label: "At once", description: "When it may have leaked" },
  { value: "1", label: "In one hour" },
  { value: "24", label: "In 24 hours" },
  { value: "168", label: "In seven days" },
] as const;

/** A new secret for a key; the former one goes on working for a while, so that the program can be changed over. */
export function RotateKeyDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]["value"]>("24");
  const rotate = useMutation(
    trpc.apiKeys.rotate.mutationOptions({ onSettled: () => queries.invalidateQueries({ queryKey: trpc.apiKeys.pathKey() }) }),
  );
  if (rotate.data)
    return (
      <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} disablePointerDismissal>
        <DialogContent title={`New secret of ${apiKey.name}`}>
          <SecretOnce secret={rotate.data.secret} />
        </DialogContent>
      </Dialog>
    );
  return (
    <FormDialog
      title={`Rotate ${apiKey.name}`}
      description="The key gets a new secret; scopes and farms stay as they are."
      failure={rotate.error?.message}
      submitLabel="Create new secret"
      isSubmitting={rotate.isPending}
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate({ id: apiKey.id, overlapHours: Number(overlap) });
      }}
      onClose={onClose}
    >
      <Field label="The former secret ends">
        <Select items={OVERLAPS} value={overlap} onValueChange={setOverlap} />
      </Field>
    </FormDialog>
  );
}
