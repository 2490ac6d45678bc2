"use client";

import type { Ref } from "react";
import { Input } from "@/components/ui/input";

interface TimeZoneSelectProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  name?: string;
  ref?: Ref<HTMLInputElement>;
}

const ZONES = Intl.supportedValuesOf("timeZone");

/** An IANA time zone, found by typing part of it. */
export function TimeZoneSelect({ value, onChange, onBlur, name, ref }: TimeZoneSelectProps) {
  const listId = `${name ?? "time-zone"}-list`;
  return (
    <>
      <Input
        ref={ref}
        name={name}
        list={listId}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        // The list shows what contains the text: with a zone in it that is one, and typing should replace it.
        onFocus={(event) => event.currentTarget.select()}
        className="[&::-webkit-calendar-picker-indicator]:hidden!"
        autoComplete="off"
        spellCheck={false}
        placeholder="Europe/Berlin"
      />
      <datalist id={listId}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
