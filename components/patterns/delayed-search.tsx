"use client";

import { useEffect, useRef, useState } from "react";
import { SearchInput } from "./search-input";

const TYPING_PAUSE_MS = 250;

export interface DelayedSearchProps {
  /** What is searched for now. */
  value: string;
  onChange: (value: string) => void;
  /** Its name, e.g. "Search devices". */
  label: string;
  placeholder?: string;
}

/** Searches when typing pauses; follows what others change: filters cleared, a page back in the history. */
export function DelayedSearch({ value, onChange, label, placeholder }: DelayedSearchProps) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  /** What this field asked for last: when it arrives, whoever types on is not interrupted. */
  const [asked, setAsked] = useState(value);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (seen !== value) {
    setSeen(value);
    if (value !== asked) {
      setAsked(value);
      setTyped(value);
    }
  }
  useEffect(() => () => clearTimeout(pause.current), []);
  const type = (next: string) => {
    setTyped(next);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => {
      setAsked(next);
      onChange(next);
    }, TYPING_PAUSE_MS);
  };
  return <SearchInput value={typed} onValueChange={type} label={label} placeholder={placeholder} />;
}
