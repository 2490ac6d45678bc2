import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";

/** A chart that is on its way, as high as it will be. */
export function TrendSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-3">
      <Skeleton className="h-5 w-32" />
      <Skeleton className="h-41" />
      <Skeleton className="h-4.5 w-48" />
      <Skeleton className="h-4.5 w-28" />
    </div>
  );
}

/** The three charts before their code is there. */
export function TrendsSkeleton() {
  return (
    <Card>
      <CardHeader title="Over time" divided aside={<Skeleton className="h-8 w-48 pointer-coarse:h-11" />} />
      <CardBody className="grid gap-x-8 gap-y-6 lg:grid-cols-3">
        <LoadingLabel />
        {["a", "b", "c"].map((key) => (
          <TrendSkeleton key={key} />
        ))}
      </CardBody>
      <p className="px-4 pb-4 text-sm">&nbsp;</p>
    </Card>
  );
}
