import { cn } from "./cn";

/** The shape of what is coming. Put `aria-busy` and one `<LoadingLabel>` on the region around it. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("h-4 animate-pulse rounded-inner bg-line/80", className)} />;
}

export function LoadingLabel({ children = "Loading" }: { children?: string }) {
  return (
    <span role="status" className="sr-only">
      {children}
    </span>
  );
}
