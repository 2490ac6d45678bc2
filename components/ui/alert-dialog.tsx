"use client";

import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { BACKDROP, MODAL_POPUP, MODAL_VIEWPORT } from "./modal-styles";

export const AlertDialog = Base.Root;
export const AlertDialogClose = Base.Close;

interface AlertDialogContentProps {
  title: ReactNode;
  /** What will happen, to how many, and whether it can be undone. */
  consequence: ReactNode;
  icon?: ReactNode;
  className?: string;
  /** Extra fields, then `DialogFooter` with the buttons. */
  children: ReactNode;
}

/** Asks before a destructive act. Clicking outside does not close it. */
export function AlertDialogContent({ title, consequence, icon, className, children }: AlertDialogContentProps) {
  return (
    <Base.Portal>
      <Base.Backdrop className={BACKDROP} />
      <Base.Viewport className={MODAL_VIEWPORT}>
        <Base.Popup className={cn(MODAL_POPUP, "sm:max-w-md", className)}>
          <div className="flex gap-3.5 px-5 pt-5 pb-2">
            {icon}
            <div className="min-w-0">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              <Base.Description render={<div />} className="mt-1 text-ink-2">
                {consequence}
              </Base.Description>
            </div>
          </div>
          {children}
        </Base.Popup>
      </Base.Viewport>
    </Base.Portal>
  );
}
