import type { ReactNode } from "react";
import { ErrorState } from "@/components/patterns/error-state";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";

interface PanelProps<Data> {
  title: string;
  description?: ReactNode;
  aside?: ReactNode;
  query: { data: Data | undefined; isError: boolean; isFetching: boolean; refetch: () => Promise<unknown> };
  /** About as high as what is coming. */
  skeletonClassName: string;
  className?: string;
  children: (data: Data) => ReactNode;
}

/** A part of the overview that is read on its own: what fails in one leaves the others alone. */
export function Panel<Data>({ title, description, aside, query, skeletonClassName, className, children }: PanelProps<Data>) {
  return (
    <Card className={className}>
      <CardHeader title={title} description={description} aside={aside} divided />
      {query.data !== undefined ? (
        children(query.data)
      ) : query.isError ? (
        <ErrorState level={3} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <div aria-busy className="p-4">
          <LoadingLabel />
          <Skeleton className={cn("rounded-control", skeletonClassName)} />
        </div>
      )}
    </Card>
  );
}

/** Before the code of a part is there. */
export function PanelSkeleton() {
  return (
    <Card aria-hidden className="p-4">
      <Skeleton className="h-104" />
    </Card>
  );
}
