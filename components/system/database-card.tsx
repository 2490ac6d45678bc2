"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { formatBytes } from "@/components/devices/format-readings";
import { DefinitionList } from "@/components/patterns/definition-list";
import { ErrorState } from "@/components/patterns/error-state";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { LoadingLabel, Skeleton } from "@/components/ui/skeleton";
import type { DatabaseStatus } from "@/server/services/system/get-database-status";
import { formatMs } from "./system-facts";

const ASK_MS = 15_000;

export function DatabaseCard() {
  const trpc = useTRPC();
  const query = useQuery(trpc.system.database.queryOptions(undefined, { refetchInterval: ASK_MS }));
  const status = query.data;
  return (
    <Card aria-label="Database">
      <CardHeader
        title="Database"
        description={status ? (status.isEmbedded ? "Embedded in this installation" : "Your own (DATABASE_URL)") : "…"}
        divided
        aside={
          status ? (
            <Badge tone={status.pendingMigrations.length > 0 ? "critical" : "healthy"}>
              {status.pendingMigrations.length > 0 ? "Migrations pending" : "Up to date"}
            </Badge>
          ) : null
        }
      />
      {status ? (
        <CardBody>
          <Facts status={status} />
          <h3 className="pt-5 pb-1.5 text-sm font-medium text-ink-2">Largest tables</h3>
          <Tables tables={status.tables} />
        </CardBody>
      ) : query.isError ? (
        <ErrorState level={3} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <CardBody aria-busy>
          <LoadingLabel />
          <Skeleton className="h-72" />
        </CardBody>
      )}
    </Card>
  );
}

function Facts({ status }: { status: DatabaseStatus }) {
  const { connections, waiting, pendingMigrations } = status;
  return (
    <DefinitionList
      items={[
        { term: "Version", value: `PostgreSQL ${status.version}` },
        { term: "Size", value: formatBytes(status.sizeBytes) },
        { term: "Answers in", value: formatMs(status.answerMs) },
        {
          term: "Connections",
          value: connections
            ? `${formatCount(connections.open)} of ${formatCount(connections.most)}; at most ${status.poolSize} of this web process`
            : `At most ${status.poolSize} of this web process; all share one session`,
        },
        {
          term: "Waiting",
          value: !waiting ? (
            <span className="text-ink-2">Not known: statements take turns</span>
          ) : waiting.statements === 0 ? (
            "No statement waits for a lock"
          ) : (
            `${amountOf(waiting.statements, "statement")} for a lock, the first for ${formatMs(waiting.longestSeconds * 1_000)}`
          ),
        },
        {
          term: "Migrations",
          value:
            pendingMigrations.length === 0 ? (
              "None pending"
            ) : (
              <>
                Run <code className="font-mono">npm run db:migrate</code>. Pending: {pendingMigrations.join(", ")}
              </>
            ),
        },
      ]}
    />
  );
}

function Tables({ tables }: { tables: DatabaseStatus["tables"] }) {
  return (
    <table className="w-full text-left">
      <caption className="sr-only">Largest tables with their indexes</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Table</th>
          <th scope="col">Rows, about</th>
          <th scope="col">Size</th>
        </tr>
      </thead>
      <tbody>
        {tables.map(({ name, bytes, rows }) => (
          <tr key={name} className="border-t first:border-t-0">
            <th scope="row" className="py-1.5 font-mono font-normal tracking-tight break-all">
              {name}
            </th>
            <td className="py-1.5 pl-3 text-right whitespace-nowrap text-ink-2 tabular">
              {rows === null ? "not counted" : `${formatCount(rows)} rows`}
            </td>
            <td className="py-1.5 pl-3 text-right whitespace-nowrap tabular">{formatBytes(bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
