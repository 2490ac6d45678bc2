"use client";

import type { FormEvent, ReactNode } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";

interface DialogFormProps {
  /** Above the fields: what has gone wrong and belongs to none of them. */
  failure?: string;
  submitLabel: string;
  submitVariant?: ButtonProps["variant"];
  isSubmitting: boolean;
  /** There is nothing to send yet. */
  isDisabled?: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown;
  /** Of the fields: one under the other, or a grid. */
  fieldsClassName?: string;
  /** The fields. */
  children: ReactNode;
}

interface FormDialogProps extends DialogFormProps {
  title: ReactNode;
  description?: ReactNode;
  onClose: () => void;
  /** Left out: it is there as long as it is rendered. */
  open?: boolean;
  className?: string;
}

/** A form over the page: it asks, sends, and is closed by whoever opened it. */
export function FormDialog({ title, description, onClose, open = true, className, ...form }: FormDialogProps) {
  return (
    <Dialog open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={title} description={description} className={className}>
        <DialogForm {...form} />
      </DialogContent>
    </Dialog>
  );
}

/** The form alone, for a dialog that goes on when it is sent. */
export function DialogForm(props: DialogFormProps) {
  const { failure, submitLabel, submitVariant = "primary", isSubmitting, isDisabled = false } = props;
  const { onSubmit, fieldsClassName = "flex flex-col gap-4", children } = props;
  return (
    <form onSubmit={(event) => void onSubmit(event)} noValidate className="flex min-h-0 flex-1 flex-col">
      <DialogBody className={fieldsClassName}>
        {failure ? (
          <Callout tone="critical" live className="col-span-full">
            {failure}
          </Callout>
        ) : null}
        {children}
      </DialogBody>
      <DialogFooter>
        <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
        <Button type="submit" variant={submitVariant} size="lg" loading={isSubmitting} disabled={isDisabled}>
          {submitLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
