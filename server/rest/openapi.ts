import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { API_SCOPE_FACTS } from "@/server/domain/api-keys/scopes";
import { ERROR_CODES } from "@/server/errors";
import { REST_BASE } from "./find-route";
import { REST_ROUTES } from "./rest-routes";
import { REST_TAGS, type RestRoute } from "./route";

const problem = z
  .object({
    type: z.string().meta({ example: "urn:smart-dairy:problem:invalid_input" }),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(ERROR_CODES),
    detail: z.string().meta({ description: "What is wrong and how to mend it" }),
    fields: z.record(z.string(), z.string()).optional().meta({ description: "Message for each wrong field, by its path" }),
    requestId: z.string(),
  })
  .meta({ id: "Problem", description: "RFC 9457" });

const REFUSALS: Record<number, string> = {
  400: "The request is wrong; `fields` says where",
  401: "No valid API key or session",
  403: "The key lacks the scope, or the role the permission",
  404: "There is no such thing on the caller's farms",
  409: "It does not fit what there is now",
  412: "`If-Match` names another version",
  429: "Too many requests; `Retry-After` says how many seconds to wait",
  503: "Busy or restarting; try again after `Retry-After` seconds",
};

const RATE_LIMIT_HEADERS = {
  "RateLimit-Policy": { description: "`q` requests in `w` seconds", schema: { type: "string" as const } },
  RateLimit: { description: "`r` requests left, `t` seconds until there are all again", schema: { type: "string" as const } },
};

type Document = ReturnType<typeof createDocument>;
let made: Document | undefined;

/** The OpenAPI 3.1 document, made from the table of routes and the very schemas that requests are checked by. */
export function openApiDocument(): Document {
  made ??= createDocument({
    openapi: "3.1.0",
    info: {
      title: "Smart Dairy",
      version: "1",
      description:
        "Devices of dairy farms: registry, health, alerts, commands, firmware. Times are UTC, errors are RFC 9457 problems, lists go on with `cursor`.",
    },
    servers: [{ url: "/", description: "This server" }],
    tags: Object.entries(REST_TAGS).map(([name, description]) => ({ name, description })),
    security: [{ apiKey: [] }, { session: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "`Authorization: Bearer sdk_…`, never together with a session cookie" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "smart-dairy.session_token",
          description: "A signed-in browser, from our own origin",
        },
      },
    },
    paths: pathsOf(REST_ROUTES),
  });
  return made;
}

function pathsOf(routes: readonly RestRoute[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = `${REST_BASE}${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return paths;
}

function operationOf(route: RestRoute): ZodOpenApiOperationObject {
  const isWrite = route.method !== "GET";
  const refusals = Object.entries(REFUSALS).filter(([status]) => status !== "412" || route.takesIfMatch);
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, `Scope: \`${route.scope}\` (${API_SCOPE_FACTS[route.scope].label.toLowerCase()}).`]
      .filter(Boolean)
      .join("\n\n"),
    requestParams: {
      ...only("path", pathSchemaOf(route)),
      ...only("query", route.query),
      ...only("header", headersOf(route)),
    },
    ...(route.body ? { requestBody: { required: true, content: { "application/json": { schema: route.body } } } } : {}),
    ...(route.takesCsv ? { requestBody: { required: true, content: { "text/csv": { schema: z.string() } } } } : {}),
    responses: {
      [route.status]: {
        description: "Done",
        headers: {
          ...RATE_LIMIT_HEADERS,
          ...(isWrite && !route.takesIfMatch ? {} : { ETag: { schema: { type: "string" as const } } }),
          ...(route.location ? { Location: { schema: { type: "string" as const } } } : {}),
        },
        content: { "application/json": { schema: route.answer } },
      },
      ...Object.fromEntries(
        refusals.map(([status, description]) => [status, { description, content: { "application/problem+json": { schema: problem } } }]),
      ),
    },
    "x-scope": route.scope,
  };
}

/** The generator takes no `undefined`. */
function only(name: "path" | "query" | "header", schema: z.ZodObject | undefined): Record<string, z.ZodObject> {
  return schema ? { [name]: schema } : {};
}

function pathSchemaOf({ path }: RestRoute): z.ZodObject | undefined {
  if (!path.includes("{id}")) return undefined;
  const isDevice = path.startsWith("/devices/{id}");
  return z.object({ id: isDevice ? z.string().max(20).meta({ description: "Device ID", example: "MM001" }) : z.uuid() });
}

function headersOf({ method, takesIfMatch }: RestRoute): z.ZodObject | undefined {
  const shape = {
    ...(method === "POST"
      ? {
          "Idempotency-Key": z
            .string()
            .max(255)
            .optional()
            .meta({ description: "The same for every repeat: it is done once, for 24 hours" }),
        }
      : {}),
    ...(takesIfMatch ? { "If-Match": z.string().optional().meta({ description: "ETag of what was read" }) } : {}),
    ...(method === "GET" ? { "If-None-Match": z.string().optional().meta({ description: "304 when nothing has changed" }) } : {}),
  };
  return Object.keys(shape).length > 0 ? z.object(shape) : undefined;
}
