"use client";

import { type KeyboardEvent, useRef, useState } from "react";

/**
 * For popups whose code (positioning, focus, lists) is not worth loading before somebody opens one:
 * the trigger is a plain button that stays in place, `load` starts when a pointer or the focus comes near,
 * and the popup is mounted at the first opening, anchored to the trigger, and stays mounted.
 */
export function useLazyPopup<Trigger extends HTMLElement = HTMLButtonElement>(load: () => Promise<unknown>, role: "menu" | "dialog") {
  const anchor = useRef<Trigger>(null);
  const [open, setOpen] = useState(false);
  const [mounted, setMounted] = useState(false);
  const openAtPress = useRef(false);
  const prepare = () => void load().catch(() => undefined);
  const show = () => {
    setMounted(true);
    setOpen(true);
  };
  return {
    mounted,
    popup: { anchor, open, onOpenChange: setOpen },
    triggerProps: {
      ref: anchor,
      "aria-haspopup": role,
      "aria-expanded": open,
      onPointerEnter: prepare,
      onFocus: prepare,
      // The press that closes an open popup from outside is not also the one that opens it.
      onPointerDownCapture: () => {
        openAtPress.current = open;
      },
      onClick: () => {
        if (openAtPress.current) setOpen(false);
        else show();
        openAtPress.current = false;
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (role !== "menu" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
        event.preventDefault();
        show();
      },
    },
  } as const;
}
