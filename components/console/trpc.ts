"use client";

import type { TRPCClientErrorLike } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { AppRouter } from "@/server/trpc/root";

export const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>();

/** What a refused or failed call gives: a sentence for people, and one for each field. */
export type ApiError = TRPCClientErrorLike<AppRouter>;
