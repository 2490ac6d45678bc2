"use client";

import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { type ReactNode, useState } from "react";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";
import { makeQueryClient } from "./query-client";
import { TRPCProvider } from "./trpc";

const URL = "/api/trpc";
const MAX_BATCH = 10;

let browserClient: QueryClient | undefined;

function queryClient(): QueryClient {
  // On the server every request has its own; in the browser one survives suspended renders.
  if (typeof window === "undefined") return makeQueryClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}

function makeClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url: URL, transformer: superjson }),
        // By POST: thousands of chosen devices do not fit into a URL.
        false: httpBatchLink({ url: URL, transformer: superjson, maxItems: MAX_BATCH, methodOverride: "POST" }),
      }),
    ],
  });
}

/** Data for every page, signed in or not. */
export function Providers({ children }: { children: ReactNode }) {
  const client = queryClient();
  const [trpcClient] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <TRPCProvider trpcClient={trpcClient} queryClient={client}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
