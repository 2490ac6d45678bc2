"use client";

import { ChevronDown } from "lucide-react";
import { lazy, type ReactNode, type Ref, startTransition, Suspense, useId, useRef, useState } from "react";
import { cn } from "./cn";
import { CONTROL_BOX } from "./control-styles";
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

const load = () => import("./select-box");
const SelectBox = lazy(async () => ({ default: (await load()).SelectBox }));

/**
 * One of a short, known list. For long lists use a search.
 * Until a pointer or the focus comes near it is a plain button: the list's code (46 KB) loads then, and takes over.
 */
export function Select<Value extends string>({ placeholder = "Choose…", size = "lg", ...props }: SelectProps<Value>) {
  const [near, setNear] = useState(false);
  const intent = useRef({ open: false, focused: false });
  const ownId = useId();
  const control = useFieldControl(props);
  const { "aria-label": ariaLabel, className, disabled, onBlur, ref } = props;
  const chosen = props.value === undefined ? props.defaultValue : props.value;
  const label = props.items.find((item) => item.value === chosen)?.label;
  const trigger = { ...control, id: control.id ?? props.id ?? ownId, ref, disabled, "aria-label": ariaLabel, onBlur };
  const boxClassName = cn(
    CONTROL_BOX,
    "flex items-center justify-between gap-2 pr-2.5 pl-3 text-left select-none data-popup-open:border-accent",
    size === "lg" ? "h-10 pointer-coarse:h-12" : "h-9 pointer-coarse:h-11",
    className,
  );
  const approach = () => startTransition(() => setNear(true));
  const open = () => {
    intent.current.open = true;
    approach();
  };
  const plainButton = (
    <button
      type="button"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      // Nothing to control before it opens.
      aria-controls={undefined}
      {...trigger}
      onPointerEnter={() => void load()}
      onPointerDown={(event) => event.pointerType === "mouse" && open()}
      onClick={open}
      onKeyDown={(event) => (event.key === "ArrowDown" || event.key === "ArrowUp") && open()}
      onFocus={() => {
        intent.current.focused = true;
        approach();
      }}
      onBlur={() => {
        intent.current.focused = false;
        onBlur?.();
      }}
      className={boxClassName}
    >
      <span className={cn("truncate", !label && "text-ink-3")}>{label ?? placeholder}</span>
      <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-3" />
      {props.name ? <input type="hidden" name={props.name} value={chosen ?? ""} /> : null}
    </button>
  );
  return (
    <Suspense fallback={plainButton}>
      {near ? (
        <SelectBox
          items={props.items}
          value={props.value}
          defaultValue={props.defaultValue}
          // Only values of `items` come back.
          onValueChange={(value) => props.onValueChange?.(value as Value)}
          name={props.name}
          placeholder={placeholder}
          intent={intent}
          trigger={trigger}
          className={boxClassName}
        />
      ) : (
        plainButton
      )}
    </Suspense>
  );
}
