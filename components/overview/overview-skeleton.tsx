import { StatCardSkeleton } from "@/components/patterns/stat-card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";

export function OverviewSkeleton() {
  return (
    <div aria-busy>
      <LoadingLabel />
      <Skeleton className="h-7 w-40" />
      <Skeleton className="mt-2 h-4 w-24" />
      <div className="mt-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {["a", "b", "c", "d"].map((key) => (
          <StatCardSkeleton key={key} />
        ))}
      </div>
      <div className="mt-4 grid gap-4 lg:grid-cols-[3fr_2fr]">
        <Skeleton className="h-80 rounded-card" />
        <Skeleton className="h-80 rounded-card" />
      </div>
    </div>
  );
}
