import type { FarmRole } from "./domain/people/policy";

declare const minted: unique symbol;

/**
 * The farms a caller may touch. Only the gates in server/auth make one (lint keeps everybody else out), so a service
 * that asks for a scope cannot be called with farm ids that merely arrived in a request.
 */
export type FarmScope = { readonly [minted]: true } & (
  { readonly everyFarm: true } | { readonly everyFarm: false; readonly roles: ReadonlyMap<string, FarmRole> }
);

export interface UserActor {
  kind: "user";
  userId: string;
  name: string;
  email: string;
  isAdmin: boolean;
  scope: FarmScope;
}

/** Work that no person asked for: jobs, ingest, setup, and devices that provision themselves. */
export interface SystemActor {
  kind: "system" | "device";
  label: string;
}

export type Actor = UserActor | SystemActor;
