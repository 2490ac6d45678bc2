"use client";

import { useMutation, useQuery, useQueryClient, keepPreviousData } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { CardPagination } from "@/components/patterns/pagination";
import { Card, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { CommandRow } from "./command-row";

/** What a device was told to do, how far each command got, who asked and why; changes while one looks. */
export function CommandsPanel({ deviceId }: { deviceId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [page, setPage] = useState(1);
  // Without a page the first one, as the server has put it into the page already.
  const options = trpc.commands.list.queryOptions(page === 1 ? { deviceId } : { deviceId, page });
  const { data, isError, refetch } = useQuery({ ...options, placeholderData: keepPreviousData });
  const cancel = useMutation(
    trpc.commands.cancel.mutationOptions({
      onSuccess: () => toast.success("Command cancelled"),
      onError: (error) => toast.error(error.message),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.commands.list.pathKey() }),
    }),
  );
  return (
    <Card>
      <CardHeader title="Commands" divided aside={data && data.total > 0 ? `${data.total} in all` : null} />
      {isError ? (
        <ErrorState level={3} onRetry={() => void refetch()} />
      ) : !data ? (
        <div className="flex flex-col gap-3 p-4">
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </div>
      ) : data.total === 0 ? (
        <EmptyState
          level={3}
          icon={<Send />}
          title="No commands yet"
          description="Restarts, diagnostics and settings that are sent to this device appear here, with what became of them."
        />
      ) : (
        <>
          <ul className="divide-y">
            {data.commands.map((command) => (
              <CommandRow
                key={command.id}
                command={command}
                onCancel={data.mayCommand ? () => cancel.mutate({ commandId: command.id }) : undefined}
                cancelling={cancel.isPending && cancel.variables.commandId === command.id}
              />
            ))}
          </ul>
          <CardPagination page={data.page} pageSize={data.pageSize} total={data.total} onPageChange={setPage} noun="commands" />
        </>
      )}
    </Card>
  );
}
