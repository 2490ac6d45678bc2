"use client";

import { Check, Copy, TriangleAlert } from "lucide-react";
import { type MouseEvent, useEffect, useRef, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { copyText } from "./copy-text";

const SHOWN_MS = 2000;

interface CopyButtonProps extends Pick<ButtonProps, "variant" | "size" | "className"> {
  text: string;
  /** "Copy password": the name of the button, and its words when it has room for them. */
  label: string;
  onCopied?: () => void;
}

/** Copies and says so, to eyes and ears; works on plain http too. */
export function CopyButton({ text, label, variant = "secondary", size = "icon", className, onCopied }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async (event: MouseEvent<HTMLElement>) => {
    const copied = await copyText(text, event.currentTarget);
    setState(copied ? "copied" : "failed");
    if (copied) onCopied?.();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState("idle"), SHOWN_MS);
  };

  const iconOnly = size === "icon" || size === "icon-sm";
  const Icon = state === "copied" ? Check : state === "failed" ? TriangleAlert : Copy;
  return (
    <>
      <Button variant={variant} size={size} className={className} onClick={copy} aria-label={label} title={iconOnly ? label : undefined}>
        <Icon aria-hidden className={state === "copied" ? "text-healthy" : state === "failed" ? "text-warning" : undefined} />
        {iconOnly ? null : (
          <span className="grid text-left">
            <span className={`col-start-1 row-start-1 ${state === "idle" ? "" : "invisible"}`}>{label}</span>
            <span className={`col-start-1 row-start-1 ${state === "idle" ? "invisible" : ""}`}>
              {state === "failed" ? "Select and copy" : "Copied"}
            </span>
          </span>
        )}
      </Button>
      <span role="status" className="sr-only">
        {state === "copied" ? "Copied" : state === "failed" ? "Copying is not possible here. Select the text instead." : ""}
      </span>
    </>
  );
}
