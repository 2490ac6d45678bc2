"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { KeyRound, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { DeviceListSkeleton } from "@/components/devices/list/device-list-skeleton";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Pagination } from "@/components/patterns/pagination";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RevokeTokensDialog } from "./revoke-tokens-dialog";
import type { TokenAct } from "./token-actions";
import { TokenCards } from "./token-cards";
import { PAGE_SIZES, TOKEN_FILTERS, toTokenListInput } from "./token-filters";
import { TokenTable } from "./token-table";
import { TokenToolbar } from "./token-toolbar";

const IssueTokensDialog = dynamic(() => import("./issue-tokens-dialog").then((module) => module.IssueTokensDialog));

/** The provisioning tokens of the caller's farms: what is open, and which device used which. */
export function TokenListScreen() {
  const trpc = useTRPC();
  const { selectedFarmId, viewer } = useConsole();
  const [filters, setFilters] = useQueryStates(TOKEN_FILTERS, { history: "push", clearOnDefault: true });
  const [issuing, setIssuing] = useState(false);
  const [revoking, setRevoking] = useState<Exclude<TokenAct, { kind: "show-batch" }>>();
  const input = toTokenListInput(filters, selectedFarmId);
  const list = useQuery({ ...trpc.provisioning.listTokens.queryOptions(input), placeholderData: keepPreviousData });
  const issue = viewer.canProvision ? (
    <Button variant="primary" onClick={() => setIssuing(true)}>
      <KeyRound aria-hidden />
      Issue tokens
    </Button>
  ) : null;
  const act = (asked: TokenAct) => {
    if (asked.kind === "show-batch") void setFilters({ batch: asked.batchId, page: 1 });
    else setRevoking(asked);
  };

  return (
    <>
      <PageHeader
        title="Provisioning tokens"
        subtitle="A token lets one device fetch its own credentials, once, within 24 hours."
        actions={issue}
      />
      <Card className="mt-5 overflow-hidden">
        <TokenToolbar filters={filters} onChange={(change) => void setFilters({ page: 1, ...change })} />
        {list.isError ? (
          <ErrorState level={2} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        ) : !list.data ? (
          <DeviceListSkeleton />
        ) : list.data.issued === 0 ? (
          <EmptyState
            icon={<KeyRound />}
            title="No tokens yet"
            description="Issue some for a box of new devices: each device fetches its own credentials with one."
            action={issue}
          />
        ) : list.data.tokens.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title="No tokens match"
            description="Try fewer filters."
            action={<Button onClick={() => void setFilters(null)}>Clear filters</Button>}
          />
        ) : (
          <div
            aria-busy={list.isPlaceholderData}
            className={list.isPlaceholderData ? "opacity-60 transition-opacity delay-150" : undefined}
          >
            <TokenTable tokens={list.data.tokens} onAct={act} />
            <TokenCards tokens={list.data.tokens} onAct={act} />
            <Pagination
              page={input.page}
              pageSize={input.pageSize}
              total={list.data.total}
              noun="tokens"
              pageSizes={PAGE_SIZES}
              onPageChange={(page) => void setFilters({ page })}
              onPageSizeChange={(size) => void setFilters({ size, page: 1 })}
              className="border-t px-4 py-3"
            />
          </div>
        )}
      </Card>
      {issuing ? <IssueTokensDialog onClose={() => setIssuing(false)} /> : null}
      <RevokeTokensDialog asked={revoking} onClose={() => setRevoking(undefined)} />
    </>
  );
}
