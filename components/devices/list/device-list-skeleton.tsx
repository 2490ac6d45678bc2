import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";

export function DeviceListSkeleton() {
  return (
    <div aria-busy className="divide-y">
      <LoadingLabel />
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className="flex h-14 items-center gap-6 px-4">
          <div className="w-32">
            <Skeleton className="h-3.5 w-16" />
            <Skeleton className="mt-1.5 h-3 w-24" />
          </div>
          <Skeleton className="w-28 max-sm:hidden" />
          <Skeleton className="w-20 max-md:hidden" />
          <Skeleton className="h-6 w-24 rounded-full" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
