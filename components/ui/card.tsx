import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** A panel: one hairline, almost no shadow. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section {...props} className={cn("min-w-0 panel", className)} />;
}

interface CardHeaderProps {
  title: ReactNode;
  titleId?: string;
  /** 2 under a page title, 3 inside another card. */
  level?: 2 | 3;
  description?: ReactNode;
  /** Right side: a count, a period, a button. */
  aside?: ReactNode;
  divided?: boolean;
  className?: string;
}

export function CardHeader({ title, titleId, level = 2, description, aside, divided = false, className }: CardHeaderProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div
      className={cn(
        "flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3",
        divided ? "border-b" : "[&+*]:pt-1",
        className,
      )}
    >
      <div className="min-w-0">
        <Heading id={titleId} className="font-semibold">
          {title}
        </Heading>
        {description ? <p className="text-sm text-ink-2">{description}</p> : null}
      </div>
      {aside ? <div className="flex items-center gap-2 text-sm text-ink-3 tabular">{aside}</div> : null}
    </div>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={cn("p-4", className)} />;
}

export function CardFooter({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={cn("flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3", className)} />;
}
