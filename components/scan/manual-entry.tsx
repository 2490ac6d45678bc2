"use client";

import { ArrowRight, Footprints } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { recentPrefixes } from "./recent-prefixes";

interface ManualEntryProps {
  walking: boolean;
  onText: (text: string) => void;
  onStartWalk: () => void;
}

/** For labels that no camera reads any more, and machines without one. */
export function ManualEntry({ walking, onText, onStartWalk }: ManualEntryProps) {
  const [text, setText] = useState("");
  const [digitsOnly, setDigitsOnly] = useState(false);
  const [prefixes, setPrefixes] = useState<string[]>([]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => queueMicrotask(() => setPrefixes(recentPrefixes())), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return input.current?.focus();
    onText(text);
    setText("");
    setDigitsOnly(false);
    setPrefixes(recentPrefixes());
    input.current?.blur();
  };
  const choose = (prefix: string) => {
    setText(prefix);
    setDigitsOnly(true);
    input.current?.focus();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 p-4">
      <Field label="Or type what the label says">
        <div className="flex gap-2">
          <Input
            ref={input}
            mono
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              if (event.target.value === "") setDigitsOnly(false);
            }}
            inputMode={digitsOnly ? "numeric" : "text"}
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="go"
            placeholder="MM001"
            className="h-13 text-lg pointer-coarse:h-13"
          />
          <Button type="submit" variant="primary" size="field" aria-label="Look up" className="w-16 px-0">
            <ArrowRight aria-hidden />
          </Button>
        </div>
      </Field>
      <div role="group" aria-label="Begin with" className="-mx-4 flex min-h-11 gap-2 overflow-x-auto px-4 pb-1">
        {prefixes.map((prefix) => (
          <Button key={prefix} variant="secondary" className="h-11 min-w-13 px-0 font-mono" onClick={() => choose(prefix)}>
            {prefix}
          </Button>
        ))}
      </div>
      {walking ? null : (
        <Button size="field" onClick={onStartWalk}>
          <Footprints aria-hidden />
          Start a walk
        </Button>
      )}
    </form>
  );
}
