"use client";

import { Search, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { CONTROL_BOX } from "@/components/ui/control-styles";
import { Kbd } from "@/components/ui/kbd";

interface SearchInputProps {
  value: string;
  onValueChange: (value: string) => void;
  /** Its name, e.g. "Search devices". */
  label: string;
  placeholder?: string;
  /** `/` anywhere on the page focuses it; one a page. */
  shortcut?: boolean;
  className?: string;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Searches as one types. Escape clears, a second Escape leaves. */
export function SearchInput({ value, onValueChange, label, placeholder = "Search…", shortcut = true, className }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!shortcut) return;
    const focus = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"],[role="alertdialog"]')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, [shortcut]);

  const clearOrLeave = (event: KeyboardEvent<HTMLInputElement>) => {
    // It has searched already; a form that it stands in is not sent.
    if (event.key === "Enter") event.preventDefault();
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (value) onValueChange("");
    else event.currentTarget.blur();
  };

  return (
    <div role="search" className={cn("relative flex w-full min-w-0 items-center sm:w-60 pointer-coarse:sm:w-72", className)}>
      <Search aria-hidden className="pointer-events-none absolute left-3 size-4 text-ink-3" />
      <input
        ref={input}
        type="search"
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={clearOrLeave}
        aria-label={label}
        aria-keyshortcuts={shortcut ? "/" : undefined}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        className={cn(CONTROL_BOX, "h-9 pr-9 pl-9 pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden")}
      />
      {value ? (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => {
            onValueChange("");
            input.current?.focus();
          }}
          className="hit-area absolute right-2 grid size-6 place-items-center rounded-inner text-ink-3 hover:bg-sunken hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : shortcut ? (
        <Kbd aria-hidden className="pointer-events-none absolute right-2.5">
          /
        </Kbd>
      ) : null}
    </div>
  );
}
