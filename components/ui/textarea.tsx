"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn";
import { CONTROL_BOX } from "./control-styles";
import { useFieldControl } from "./field-context";

/** Several lines of text; grows with its content where the browser can. */
export function Textarea({ className, rows = 3, ...props }: ComponentProps<"textarea">) {
  const control = useFieldControl(props);
  return (
    <textarea
      rows={rows}
      {...props}
      {...control}
      className={cn(CONTROL_BOX, "field-sizing-content max-h-96 min-h-20 resize-y px-3 py-2", className)}
    />
  );
}
