import type { UseQueryResult } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { ApiError } from "./trpc";

interface QueryGateProps<T> {
  query: UseQueryResult<T, unknown>;
  /** What is said when it does not exist, or not for this person. */
  missing: { title: string; description: string; action?: ReactNode };
  children: (data: T) => ReactNode;
}

/** A page about one thing, or what stands in its place: loading, not there, not for this person, not reachable. */
export function QueryGate<T>({ query, missing, children }: QueryGateProps<T>) {
  if (query.isError) {
    const status = (query.error as ApiError).data?.httpStatus;
    if (status === 403) return <ForbiddenState />;
    if (status !== 404 && status !== 400) return <ErrorState level={1} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
    return <EmptyState level={1} icon={<SearchX />} {...missing} />;
  }
  if (query.data === undefined)
    return (
      <div aria-busy className="flex flex-col gap-4">
        <LoadingLabel />
        <Skeleton className="h-10 w-72" />
        <Skeleton className="h-64 rounded-card" />
        <Skeleton className="h-64 rounded-card" />
      </div>
    );
  return children(query.data);
}
