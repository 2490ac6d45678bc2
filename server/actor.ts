import type { FarmRole, Permission } from "./domain/people/policy";

declare const minted: unique symbol;

/**
 * The farms a caller may touch. Only the gates in server/auth make one (lint keeps everybody else out), so a service
 * that asks for a scope cannot be called with farm ids that merely arrived in a request.
 */
export type FarmScope = { readonly [minted]: true } & (
  { readonly everyFarm: true } | { readonly everyFarm: false; readonly roles: ReadonlyMap<string, FarmRole> }
) & {
    /** An API key's scopes: nothing else is allowed, whatever the role. Absent for people. */
    readonly only?: ReadonlySet<Permission>;
  };

export interface UserActor {
  kind: "user";
  userId: string;
  name: string;
  email: string;
  isAdmin: boolean;
  scope: FarmScope;
  /** Of the browser they call from. */
  sessionId?: string;
}

/**
 * A program with an API key. It acts for the person who owns the key: rows name them, and it can never do more than
 * they may. It is nobody's admin.
 */
export interface KeyActor {
  kind: "api_key";
  keyId: string;
  userId: string;
  /** As lists and the audit show it. */
  name: string;
  isAdmin: false;
  scope: FarmScope;
}

/** Who calls from outside. */
export type Caller = UserActor | KeyActor;

/** Work that no person asked for: jobs, ingest, setup, and devices that provision themselves. */
export interface SystemActor {
  kind: "system" | "device";
  label: string;
}

export type Actor = Caller | SystemActor;
