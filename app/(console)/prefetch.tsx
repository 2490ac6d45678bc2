import "server-only";
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache, type ReactNode } from "react";
import { makeQueryClient } from "@/components/console/query-client";
import { database } from "@/server/db/connection";
import { addressOf, requestIdOf } from "@/server/http/request-info";
import { appRouter } from "@/server/trpc/root";
import { requireViewer } from "./viewer";

/** The request's own cache and the procedures, called in this process. */
export const serverQueries = cache(async () => {
  const actor = await requireViewer();
  const request = await headers();
  const queryClient = makeQueryClient();
  const ctx = {
    db: database(),
    actor,
    currentActor: () => Promise.resolve(actor),
    address: addressOf(request),
    requestId: requestIdOf(request),
  };
  return { queryClient, trpc: createTRPCOptionsProxy({ router: appRouter, ctx, queryClient }) };
});

/** Hands what was fetched here to the browser, so that a page arrives with its data. */
export async function Hydrated({ children }: { children: ReactNode }) {
  const { queryClient } = await serverQueries();
  return <HydrationBoundary state={dehydrate(queryClient)}>{children}</HydrationBoundary>;
}
