"use client";

import { Eye, EyeOff } from "lucide-react";
import { type FocusEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "./copy-button";

const VALUE = "w-full min-w-0 rounded-control bg-transparent px-3 font-mono field-text tracking-tight -outline-offset-2";

interface CopyFieldProps {
  label: string;
  value: string;
  /** Dots until revealed; copying works either way. */
  secret?: boolean;
  /** All of it to be seen, on as many lines as that takes: a password that is shown once. */
  wrap?: boolean;
  hint?: string;
  className?: string;
}

/** A value to take elsewhere: user name, password, topic. One tap selects all of it. */
export function CopyField({ label, value, secret = false, wrap = false, hint, className }: CopyFieldProps) {
  const id = useId();
  const [revealed, setRevealed] = useState(!secret);
  const shown = {
    id,
    readOnly: true,
    // A password field would make browsers offer to save the device's password as a person's.
    value: revealed ? value : "•".repeat(24),
    onFocus: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => event.currentTarget.select(),
    "aria-describedby": hint ? `${id}-hint` : undefined,
    autoComplete: "off",
    spellCheck: false,
  };
  return (
    <div className={cn("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex min-w-0 items-center rounded-control border border-line bg-sunken focus-within:border-line-3">
        {wrap ? (
          <textarea {...shown} rows={2} className={cn(VALUE, "field-sizing-content resize-none py-2.5 break-all pointer-coarse:py-3")} />
        ) : (
          <input {...shown} className={cn(VALUE, "h-10 text-ellipsis pointer-coarse:h-12")} />
        )}
        <div className="flex shrink-0 items-center gap-0.5 pr-1">
          {secret ? (
            <Button
              variant="ghost"
              size="icon-sm"
              aria-pressed={revealed}
              aria-label={`Show ${label.toLowerCase()}`}
              onClick={() => setRevealed((shown) => !shown)}
            >
              {revealed ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            </Button>
          ) : null}
          <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} variant="ghost" size="icon-sm" />
        </div>
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
