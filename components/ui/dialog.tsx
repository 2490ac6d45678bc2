"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { BACKDROP, MODAL_POPUP, MODAL_VIEWPORT } from "./modal-styles";

export const Dialog = Base.Root;
export const DialogTrigger = Base.Trigger;
export const DialogClose = Base.Close;

interface DialogContentProps {
  title: ReactNode;
  description?: ReactNode;
  /** Without the × in the corner when the footer already closes it. */
  hideClose?: boolean;
  className?: string;
  children?: ReactNode;
}

/** Centred on desktops, rises from the bottom on phones. Put `DialogBody` and `DialogFooter` inside. */
export function DialogContent({ title, description, hideClose, className, children }: DialogContentProps) {
  return (
    <Base.Portal>
      <Base.Backdrop className={BACKDROP} />
      <Base.Viewport className={MODAL_VIEWPORT}>
        <Base.Popup className={cn(MODAL_POPUP, className)}>
          <div className={cn("px-5 pt-4.5 pb-3", !hideClose && "pr-14")}>
            <Base.Title className="text-lg font-semibold">{title}</Base.Title>
            {description ? <Base.Description className="mt-0.5 text-ink-2">{description}</Base.Description> : null}
          </div>
          {children}
          {/* Last, so that the focus starts at the first field. */}
          {hideClose ? null : (
            <Base.Close render={<Button variant="ghost" size="icon-sm" className="absolute top-3 right-3" aria-label="Close" />}>
              <X aria-hidden />
            </Base.Close>
          )}
        </Base.Popup>
      </Base.Viewport>
    </Base.Portal>
  );
}

/** The part that scrolls. */
export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} data-part="body" className={cn("min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-2 pb-5", className)} />;
}

/** Under a body that may scroll, a line says that there is more. */
export function DialogFooter({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      {...props}
      className={cn(
        "flex flex-col-reverse gap-2 px-5 pt-4 pb-5 sm:flex-row sm:justify-end [[data-part=body]+&]:border-t sm:[[data-part=body]+&]:pb-4",
        className,
      )}
    />
  );
}
