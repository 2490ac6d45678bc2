import { cn } from "./cn";

/** The shape of what is coming. Put `aria-busy` and one `<LoadingLabel>` on the region around it. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("h-4 animate-pulse rounded-inner bg-line/80", className)} />;
}

/** A list in a card, as long as it is loading. */
export function SkeletonRows({ count, className }: { count: number; className: string }) {
  return (
    <div aria-busy className="flex flex-col gap-3 p-4">
      <LoadingLabel />
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className={className} />
      ))}
    </div>
  );
}

export function LoadingLabel({ children = "Loading" }: { children?: string }) {
  return (
    <span role="status" className="sr-only">
      {children}
    </span>
  );
}
