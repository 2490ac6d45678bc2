"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { type ComponentProps, type RefObject, useLayoutEffect } from "react";
import { cn } from "./cn";
import { FLOATING_ITEM, FLOATING_PANEL } from "./control-styles";
import type { SelectItem, SelectProps } from "./select";

interface SelectBoxProps extends Pick<SelectProps<string>, "items" | "value" | "defaultValue" | "onValueChange" | "name" | "placeholder"> {
  /** What had been done to the plain button this takes over from. */
  intent: RefObject<{ open: boolean; focused: boolean }>;
  trigger: ComponentProps<"button"> & { id: string };
  className: string;
}

/** The select itself: `Select` shows it once somebody comes near. */
export function SelectBox({ items, onValueChange, placeholder, intent, trigger, className, ...root }: SelectBoxProps) {
  useLayoutEffect(() => {
    if (intent.current.focused && !intent.current.open) document.getElementById(trigger.id)?.focus({ preventScroll: true });
    // Once, when it takes over.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <Base.Root
      {...root}
      items={[...items]}
      defaultOpen={intent.current.open}
      disabled={trigger.disabled}
      onValueChange={(value) => value !== null && onValueChange?.(value)}
    >
      <Base.Trigger {...trigger} className={className}>
        <Base.Value placeholder={placeholder} className="truncate data-placeholder:text-ink-3" />
        <Base.Icon>
          <ChevronDown aria-hidden className="size-4 text-ink-3" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className={cn(FLOATING_PANEL, "max-w-(--available-width) min-w-(--anchor-width)")}>
            <Base.List className="max-h-[min(22rem,var(--available-height))] overflow-y-auto overscroll-contain p-1.5">
              {items.map((item) => (
                <Option key={item.value} item={item} />
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Option({ item }: { item: SelectItem<string> }) {
  return (
    <Base.Item value={item.value} disabled={item.disabled} className={FLOATING_ITEM}>
      {item.icon ? <span className="text-ink-3">{item.icon}</span> : null}
      <span className="min-w-0 flex-1">
        <Base.ItemText className="block truncate">{item.label}</Base.ItemText>
        {item.description ? <span className="block text-sm text-ink-2">{item.description}</span> : null}
      </span>
      <Base.ItemIndicator>
        <Check aria-hidden className="text-accent" />
      </Base.ItemIndicator>
    </Base.Item>
  );
}
