"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, type ReactNode, useId, useState } from "react";
import { cn } from "@/components/ui/cn";

interface DropZoneProps {
  /** What is dropped: "the firmware file". */
  what: string;
  hint: ReactNode;
  /** Kinds of file that the chooser offers, as in `<input accept>`. */
  accept?: string;
  onFile: (file: File) => void;
}

/** Takes a file that is dropped or chosen; the whole field is the target. */
export function DropZone({ what, hint, accept, onFile }: DropZoneProps) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "flex cursor-pointer flex-col items-center gap-1 rounded-card border border-dashed border-line-3 px-4 py-8 text-center hover:border-ink-3 hover:bg-sunken/60",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
        isOver && "border-accent bg-accent-soft",
      )}
    >
      <FileUp aria-hidden className="mb-1 size-6 text-ink-3" />
      <span className="font-medium">
        Drop {what} here, or <span className="text-accent underline underline-offset-2">choose it</span>
      </span>
      <span className="text-sm text-ink-3">{hint}</span>
      <input
        id={id}
        type="file"
        accept={accept}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          // The same file again is a choice, too.
          event.target.value = "";
        }}
      />
    </label>
  );
}
