"use client";

import { type ReactNode, type Ref, useId } from "react";
import { cn } from "./cn";
import { FieldError } from "./field";

export interface RadioCardItem<Value extends string> {
  value: Value;
  title: string;
  description?: string;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface RadioCardsProps<Value extends string> {
  /** Said, not shown, unless `showLegend`. */
  legend: string;
  showLegend?: boolean;
  items: readonly RadioCardItem<Value>[];
  value?: Value | null;
  onValueChange?: (value: Value) => void;
  name?: string;
  error?: ReactNode;
  /** Grid columns; default two on phones, four on desktops. */
  className?: string;
  /** The first card: react-hook-form focuses it when nothing is chosen. */
  ref?: Ref<HTMLInputElement>;
}

/** One choice among big cards: device types, import modes. Arrow keys move, the whole card is the target. */
export function RadioCards<Value extends string>({
  legend,
  showLegend,
  items,
  value,
  onValueChange,
  name,
  error,
  className,
  ref,
}: RadioCardsProps<Value>) {
  const id = useId();
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-legend`}
      aria-describedby={error ? `${id}-error` : undefined}
      aria-invalid={error ? true : undefined}
      className="flex flex-col gap-2"
    >
      <span id={`${id}-legend`} className={showLegend ? "font-medium" : "sr-only"}>
        {legend}
      </span>
      <div className={cn("grid grid-cols-2 gap-2.5 md:grid-cols-3 lg:grid-cols-4", className)}>
        {items.map((item, index) => (
          <RadioCard
            key={item.value}
            ref={index === 0 ? ref : undefined}
            item={item}
            name={name ?? id}
            checked={item.value === value}
            onChoose={() => onValueChange?.(item.value)}
          />
        ))}
      </div>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

interface RadioCardProps<Value extends string> {
  item: RadioCardItem<Value>;
  name: string;
  checked: boolean;
  onChoose: () => void;
  ref?: Ref<HTMLInputElement>;
}

function RadioCard<Value extends string>({ item, name, checked, onChoose, ref }: RadioCardProps<Value>) {
  const id = useId();
  return (
    <label
      className={cn(
        "relative flex min-h-24 cursor-pointer flex-col items-start gap-3 panel p-3.5 transition-[border-color,box-shadow] duration-100 hover:border-line-3",
        "has-checked:border-accent has-checked:ring-1 has-checked:ring-accent has-checked:ring-inset",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
        "has-disabled:cursor-not-allowed has-disabled:opacity-50",
      )}
    >
      <input
        ref={ref}
        type="radio"
        name={name}
        value={item.value}
        checked={checked}
        onChange={onChoose}
        disabled={item.disabled}
        aria-labelledby={`${id}-title`}
        aria-describedby={item.description ? `${id}-text` : undefined}
        className="peer absolute inset-0 appearance-none rounded-card outline-none"
      />
      {item.icon ? <span className="text-ink-2 peer-checked:text-accent [&_svg]:size-5.5">{item.icon}</span> : null}
      <span className="min-w-0">
        <span id={`${id}-title`} className="block font-semibold">
          {item.title}
        </span>
        {item.description ? (
          <span id={`${id}-text`} className="block text-sm text-ink-2">
            {item.description}
          </span>
        ) : null}
      </span>
    </label>
  );
}
