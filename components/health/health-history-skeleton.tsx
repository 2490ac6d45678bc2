import { Skeleton } from "@/components/ui/skeleton";

/** Four charts that are on their way. */
export function HealthHistorySkeleton() {
  return (
    <div aria-hidden className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
      {[0, 1, 2, 3].map((index) => (
        <div key={index} className="flex flex-col gap-2">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-40" />
        </div>
      ))}
    </div>
  );
}
