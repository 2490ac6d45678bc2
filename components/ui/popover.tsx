"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ComponentProps, RefObject } from "react";
import { cn } from "./cn";
import { FLOATING_PANEL } from "./control-styles";

export const Popover = Base.Root;
export const PopoverTrigger = Base.Trigger;
export const PopoverTitle = Base.Title;

interface PopoverContentProps extends Omit<Base.Popup.Props, "className"> {
  className?: string;
  side?: ComponentProps<typeof Base.Positioner>["side"];
  align?: ComponentProps<typeof Base.Positioner>["align"];
  /** Of a popover without a `PopoverTrigger` (see `useLazyPopup`): where it opens and where the focus returns. */
  anchor?: RefObject<HTMLElement | null>;
}

export function PopoverContent({ className, side = "bottom", align = "start", anchor, ...props }: PopoverContentProps) {
  return (
    <Base.Portal>
      <Base.Positioner anchor={anchor} side={side} align={align} sideOffset={6} collisionPadding={12} className="z-50">
        <Base.Popup finalFocus={anchor} {...props} className={cn(FLOATING_PANEL, "w-64 max-w-(--available-width) p-3", className)} />
      </Base.Positioner>
    </Base.Portal>
  );
}
