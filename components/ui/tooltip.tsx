"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn";

/** Around the page once: after the first tooltip the next ones appear at once. */
export const TooltipProvider = Base.Provider;

interface TooltipProps {
  content: ReactNode;
  /** The one interactive element it belongs to. It needs a name of its own: tooltips are not for touch. */
  children: ReactElement;
  side?: "top" | "right" | "bottom" | "left";
  className?: string;
}

export function Tooltip({ content, children, side = "top", className }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={8} className="z-60">
          <Base.Popup
            className={cn(
              "max-w-72 rounded-inner bg-ink px-2.5 py-1.5 text-sm font-medium text-background shadow-float",
              "transition-opacity duration-100 data-starting-style:opacity-0 data-ending-style:opacity-0",
              className,
            )}
          >
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
