"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A question: "Revoke the credentials of MM012?" */
  title: string;
  /** What will happen, to how many, and whether it can be undone. */
  consequence: ReactNode;
  /** The act itself: "Revoke credentials". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: "danger" | "plain";
  /** For acts that cannot be undone: this text has to be typed. */
  typeToConfirm?: string;
  /** Asks for a reason under this name; it may be left empty. */
  noteLabel?: string;
  /** Resolves: the dialog closes. Rejects: it stays and says so. */
  onConfirm: (note: string) => Promise<void> | void;
  /** What to say of a rejection; left out = the connection is blamed. */
  describeFailure?: (error: unknown) => string;
}

const ConfirmDialogBody = lazy(async () => ({ default: (await import("./confirm-dialog-body")).ConfirmDialogBody }));

/** Asks, does, waits; closes when it is done. Its code loads when it first asks. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [asked, setAsked] = useState(props.open);
  if (props.open && !asked) setAsked(true);
  if (!asked) return null;
  return (
    <Suspense>
      <ConfirmDialogBody {...props} />
    </Suspense>
  );
}
