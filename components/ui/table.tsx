import type { ComponentProps } from "react";
import { cn } from "./cn";

type Align = "left" | "right";

interface TableProps extends ComponentProps<"table"> {
  /** Says what the table lists; not shown. */
  caption: string;
  /** On the element that scrolls; give it a max-height and the header sticks. */
  containerClassName?: string;
}

/** Scrolls sideways inside its panel when it must; the page never does. */
export function Table({ caption, containerClassName, className, children, ...props }: TableProps) {
  return (
    <div
      role="region"
      aria-label={caption}
      tabIndex={0}
      className={cn("overflow-auto rounded-b-card -outline-offset-2", containerClassName)}
    >
      <table {...props} className={cn("w-full border-separate border-spacing-0 text-left", className)}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function TableHeader(props: ComponentProps<"thead">) {
  return <thead {...props} />;
}

export function TableBody(props: ComponentProps<"tbody">) {
  return <tbody {...props} />;
}

/** Set `data-selected` on a chosen row. */
export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr {...props} className={cn("group/row transition-colors hover:bg-sunken/60 data-selected:bg-accent-soft/50", className)} />;
}

export const TABLE_HEAD_CELL =
  "sticky top-0 z-1 h-9 border-b bg-panel px-3 text-sm font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4";

export function TableHead({ align = "left", className, ...props }: Omit<ComponentProps<"th">, "align"> & { align?: Align }) {
  return <th scope="col" {...props} className={cn(TABLE_HEAD_CELL, align === "right" && "text-right", className)} />;
}

export function TableCell({ align = "left", className, ...props }: Omit<ComponentProps<"td">, "align"> & { align?: Align }) {
  return (
    <td
      {...props}
      className={cn(
        "h-12 border-b px-3 py-2 align-middle group-last/row:border-b-0 first:pl-4 last:pr-4",
        align === "right" && "text-right tabular",
        className,
      )}
    />
  );
}
