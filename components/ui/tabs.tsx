"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "./cn";

export const Tabs = Base.Root;

export function TabsList({ children, className }: { children: ReactNode; className?: string }) {
  const strip = useRef<HTMLDivElement>(null);
  const shown = useRef<Element>(null);
  // Where there is no room for all, the open one is brought into sight.
  useEffect(() => {
    const open = strip.current?.querySelector<HTMLElement>("[data-active]");
    if (!strip.current || !open || shown.current === open) return;
    shown.current = open;
    strip.current.scrollLeft = open.offsetLeft + (open.offsetWidth - strip.current.clientWidth) / 2;
  });
  return (
    <div ref={strip} className={cn("overflow-x-auto border-b", className)}>
      <Base.List className="relative flex w-max min-w-full gap-1">
        {children}
        <Base.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) rounded-full bg-accent transition-[translate,width] duration-150" />
      </Base.List>
    </div>
  );
}

export function Tab({ className, ...props }: Omit<Base.Tab.Props, "className"> & { className?: string }) {
  return (
    <Base.Tab
      {...props}
      className={cn(
        "flex h-10 items-center gap-2 rounded-t-inner px-3 font-medium whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink pointer-coarse:h-12",
        "data-active:text-ink",
        className,
      )}
    />
  );
}

export function TabPanel({ className, ...props }: Omit<Base.Panel.Props, "className"> & { className?: string }) {
  return <Base.Panel {...props} className={cn("rounded-control pt-4 outline-offset-4", className)} />;
}
