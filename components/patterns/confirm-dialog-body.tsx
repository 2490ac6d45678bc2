"use client";

import { TriangleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { AlertDialog, AlertDialogClose, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { IconTile } from "@/components/ui/icon-tile";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { ConfirmDialogProps } from "./confirm-dialog";

export function ConfirmDialogBody(props: ConfirmDialogProps) {
  return (
    <AlertDialog open={props.open} onOpenChange={props.onOpenChange}>
      <AlertDialogContent
        title={props.title}
        consequence={props.consequence}
        icon={
          props.tone === "plain" ? undefined : (
            <IconTile tone="critical">
              <TriangleAlert />
            </IconTile>
          )
        }
      >
        <ConfirmForm {...props} />
      </AlertDialogContent>
    </AlertDialog>
  );
}

const CONNECTION_FAILED = "That did not work. Check the connection and try again.";

function ConfirmForm({
  confirmLabel,
  cancelLabel = "Cancel",
  tone = "danger",
  typeToConfirm,
  noteLabel,
  onConfirm,
  describeFailure,
  onOpenChange,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const [note, setNote] = useState("");
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<string>();
  const ready = typeToConfirm === undefined || typed.trim() === typeToConfirm;

  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || isWorking) return;
    setWorking(true);
    setFailure(undefined);
    try {
      await onConfirm(note);
      onOpenChange(false);
    } catch (error) {
      setFailure(describeFailure?.(error) ?? CONNECTION_FAILED);
      setWorking(false);
    }
  };

  return (
    <form onSubmit={confirm}>
      <div className="flex flex-col gap-3 px-5 pt-2 empty:hidden">
        {typeToConfirm === undefined ? null : (
          <Field
            label={
              <>
                Type <code className="rounded-inner bg-sunken px-1.5 py-0.5 font-mono">{typeToConfirm}</code> to confirm
              </>
            }
          >
            <Input mono autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        )}
        {noteLabel === undefined ? null : (
          <Field label={noteLabel} optional>
            <Textarea rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
          </Field>
        )}
        {failure === undefined ? null : (
          <Callout tone="critical" live>
            {failure}
          </Callout>
        )}
      </div>
      <DialogFooter className="pt-4">
        <AlertDialogClose render={<Button size="lg" disabled={isWorking} />}>{cancelLabel}</AlertDialogClose>
        <Button type="submit" size="lg" variant={tone === "danger" ? "danger" : "primary"} loading={isWorking} disabled={!ready}>
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
