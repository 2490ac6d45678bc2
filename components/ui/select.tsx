"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { cn } from "./cn";
import { CONTROL_BOX, FLOATING_ITEM, FLOATING_PANEL } from "./control-styles";
import { useFieldControl } from "./field-context";

export interface SelectItem<Value extends string> {
  value: Value;
  label: string;
  /** Second line in the list. */
  description?: string;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  items: readonly SelectItem<Value>[];
  value?: Value | null;
  defaultValue?: Value | null;
  onValueChange?: (value: Value) => void;
  placeholder?: string;
  name?: string;
  disabled?: boolean;
  size?: "md" | "lg";
  className?: string;
  id?: string;
  onBlur?: () => void;
  /** The visible button: react-hook-form focuses it when the field is wrong. */
  ref?: Ref<HTMLButtonElement>;
  "aria-label"?: string;
}

/** One of a short, known list. For long lists use a search. */
export function Select<Value extends string>({ items, placeholder = "Choose…", size = "lg", className, ref, id, onValueChange, onBlur, ...props }: SelectProps<Value>) {
  const control = useFieldControl({ id });
  const { "aria-label": ariaLabel, ...root } = props;
  return (
    <Base.Root
      {...root}
      items={items as SelectItem<Value>[]}
      onValueChange={(value) => value !== null && onValueChange?.(value as Value)}
    >
      <Base.Trigger
        ref={ref}
        id={id}
        {...control}
        aria-label={ariaLabel}
        onBlur={onBlur}
        className={cn(
          CONTROL_BOX,
          "flex items-center justify-between gap-2 pr-2.5 pl-3 text-left select-none data-popup-open:border-accent",
          size === "lg" ? "h-10 pointer-coarse:h-12" : "h-9 pointer-coarse:h-11",
          className,
        )}
      >
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
                <SelectOption key={item.value} item={item} />
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function SelectOption<Value extends string>({ item }: { item: SelectItem<Value> }) {
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
