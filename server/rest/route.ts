import type { z } from "zod";
import type { Caller } from "@/server/actor";
import type { ApiScope } from "@/server/domain/api-keys/scopes";
import type { ServiceContext } from "@/server/services/context";

/** One request, read and admitted. Services parse what they get; nothing here is trusted. */
export interface RestCall {
  ctx: ServiceContext<Caller>;
  /** From the path: `{id}`. */
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
  request: Request;
  /** What the caller calls this request (Idempotency-Key). */
  idempotencyKey: string | null;
  /** 256 bits, the same for every repeat of this request by this caller; for services that keep their answers. */
  requestKey: string;
  /** The version in `If-Match`; `undefined` = whatever it is. */
  version: number | undefined;
}

/** One row of the table that the interface and its OpenAPI document are made from. */
export interface RestRoute {
  method: "GET" | "POST" | "PATCH";
  /** Below /api/v1/iot: `/devices/{id}`. */
  path: string;
  operationId: string;
  tag: RestTag;
  summary: string;
  description?: string;
  scope: ApiScope;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The body is a CSV file, streamed. */
  takesCsv?: boolean;
  /** Honours `If-Match` with the ETag of what was read. */
  takesIfMatch?: boolean;
  status: 200 | 201 | 202;
  answer: z.ZodType;
  location?: (answer: Record<string, unknown>) => string;
  handle: (call: RestCall) => Promise<unknown>;
}

export const REST_TAGS = {
  Devices: "The registry: what there is, where it hangs, and how it is.",
  Commands: "What a device is asked to do, and what came of it.",
  Alerts: "What the monitor and people have noticed.",
  Firmware: "Versions, updates and rollouts.",
  Provisioning: "How devices come in: tokens and CSV files.",
  Farms: "Farms, groups and tags.",
} as const;
export type RestTag = keyof typeof REST_TAGS;

/** A route whose handler gives exactly what its answer's schema takes: checked by the compiler. */
export function route<A extends z.ZodType>(
  definition: Omit<RestRoute, "answer" | "handle"> & { answer: A; handle: (call: RestCall) => Promise<z.input<A>> },
): RestRoute {
  return definition;
}
