"use client";

import { Drawer as Base } from "@base-ui/react/drawer";
import { X } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

type SheetSide = "bottom" | "right";

interface SheetProps extends Omit<ComponentProps<typeof Base.Root>, "swipeDirection"> {
  side?: SheetSide;
}

/** Pass the same `side` to `SheetContent`. Swiping towards its edge closes it. */
export function Sheet({ side = "bottom", ...props }: SheetProps) {
  return <Base.Root {...props} swipeDirection={side === "bottom" ? "down" : "right"} />;
}

export const SheetTrigger = Base.Trigger;

const POPUP = {
  bottom: [
    "max-h-[88dvh] w-full max-w-2xl rounded-t-[1.25rem] border-b-0 pb-[env(safe-area-inset-bottom)]",
    "translate-y-(--drawer-swipe-movement-y) data-starting-style:translate-y-full data-ending-style:translate-y-full",
  ].join(" "),
  right: [
    "h-full w-full max-w-md border-y-0 border-r-0",
    "translate-x-(--drawer-swipe-movement-x) data-starting-style:translate-x-full data-ending-style:translate-x-full",
  ].join(" "),
} satisfies Record<SheetSide, string>;

interface SheetContentProps {
  title: ReactNode;
  hideTitle?: boolean;
  description?: ReactNode;
  side?: SheetSide;
  className?: string;
  children: ReactNode;
}

export function SheetContent({ title, hideTitle, description, side = "bottom", className, children }: SheetContentProps) {
  return (
    <Base.Portal>
      <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0 data-swiping:duration-0" />
      <Base.Viewport
        className={cn("fixed inset-0 z-50 flex", side === "bottom" ? "items-end justify-center" : "items-stretch justify-end")}
      >
        <Base.Popup
          className={cn(
            "relative flex flex-col border border-line-2 bg-panel text-ink shadow-float outline-none",
            "transition-[translate] duration-250 ease-out data-swiping:transition-none data-swiping:select-none",
            POPUP[side],
            className,
          )}
        >
          {side === "bottom" ? <div aria-hidden className="mx-auto mt-2 h-1 w-9 shrink-0 rounded-full bg-line-2" /> : null}
          <div className={cn("shrink-0 px-5 pt-3 pb-2", hideTitle && "sr-only")}>
            <div className="min-w-0 flex-1 pr-10">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description ? <Base.Description className="text-ink-2">{description}</Base.Description> : null}
            </div>
          </div>
          <Base.Content className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-5">{children}</Base.Content>
          {/* Last, so that the focus starts at the content. */}
          <Base.Close render={<Button variant="ghost" size="icon-sm" className="absolute top-2.5 right-3" aria-label="Close" />}>
            <X aria-hidden />
          </Base.Close>
        </Base.Popup>
      </Base.Viewport>
    </Base.Portal>
  );
}
