"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { WebhookView } from "@/server/services/webhooks/views";
import { SecretDialog } from "./secret-dialog";

const OVERLAPS = [
  { value: "24", label: "A day" },
  { value: "168", label: "A week" },
  { value: "1", label: "An hour" },
  { value: "0", label: "Not at all: it may be in wrong hands" },
] as const;
type Overlap = (typeof OVERLAPS)[number]["value"];

/** A new secret, and how long the former one signs as well. */
export function RotateDialog({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [overlap, setOverlap] = useState<Overlap>("24");
  const rotate = useMutation(
    trpc.webhooks.rotateSecret.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.webhooks.get.queryKey({ id: webhook.id }) }),
    }),
  );
  if (rotate.data) {
    const note =
      overlap === "0"
        ? "The former secret is worthless from now on."
        : `The former secret signs as well: for ${overlap === "1" ? "an hour" : overlap === "24" ? "a day" : "a week"} each message carries both signatures.`;
    return <SecretDialog title="The new secret signs" secret={rotate.data.secret} note={note} onClose={onClose} />;
  }
  return (
    <FormDialog
      title={`Rotate the secret of ${webhook.name}?`}
      description="A new secret signs from now on. The receiver has to learn it before the former one ends."
      failure={rotate.error?.message}
      submitLabel="Rotate secret"
      isSubmitting={rotate.isPending}
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate({ id: webhook.id, overlapHours: Number(overlap) });
      }}
      onClose={onClose}
    >
      <Field label="The former secret signs as well for">
        <Select items={OVERLAPS} value={overlap} onValueChange={setOverlap} />
      </Field>
    </FormDialog>
  );
}
