"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "./cn";

const DELAY_MS = 350;
const GAP_PX = 8;
type Side = "top" | "right" | "bottom" | "left";

interface TooltipProps {
  content: ReactNode;
  /** The one interactive element it belongs to. It needs a name of its own: tooltips are not for touch. */
  children: ReactNode;
  side?: Side;
  className?: string;
}

/** Words for an icon, under a mouse or the keyboard's focus. In the top layer, so that nothing clips it. */
export function Tooltip({ content, children, side = "top", className }: TooltipProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const show = () => {
    const target = anchor.current?.firstElementChild;
    if (!tip.current?.isConnected || !target) return;
    tip.current.showPopover?.();
    place(tip.current, target.getBoundingClientRect(), side);
  };
  const hide = () => {
    clearTimeout(timer.current);
    if (tip.current?.matches(":popover-open")) tip.current.hidePopover();
  };
  return (
    <span
      ref={anchor}
      role="presentation"
      className="contents"
      onPointerEnter={(event) => {
        if (event.pointerType === "mouse") timer.current = setTimeout(show, DELAY_MS);
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(":focus-visible") && show()}
      onBlur={hide}
      onKeyDown={(event) => event.key === "Escape" && hide()}
    >
      {children}
      <span
        ref={tip}
        popover="manual"
        aria-hidden
        className={cn(
          "pointer-events-none fixed m-0 w-max max-w-72 rounded-inner border-0 bg-ink px-2.5 py-1.5 text-sm font-medium text-background shadow-float",
          className,
        )}
      >
        {content}
      </span>
    </span>
  );
}

function place(tip: HTMLElement, anchor: DOMRect, side: Side): void {
  const { width, height } = tip.getBoundingClientRect();
  const centreX = anchor.left + (anchor.width - width) / 2;
  const centreY = anchor.top + (anchor.height - height) / 2;
  const above = anchor.top - height - GAP_PX;
  const below = anchor.bottom + GAP_PX;
  const [x, y] = {
    top: [centreX, above < GAP_PX ? below : above],
    bottom: [centreX, below],
    left: [anchor.left - width - GAP_PX, centreY],
    right: [anchor.right + GAP_PX, centreY],
  }[side] as [number, number];
  tip.style.left = `${Math.min(Math.max(GAP_PX, x), innerWidth - width - GAP_PX)}px`;
  tip.style.top = `${Math.min(Math.max(GAP_PX, y), innerHeight - height - GAP_PX)}px`;
}
