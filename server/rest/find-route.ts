import { AppError } from "@/server/errors";
import { REST_ROUTES } from "./rest-routes";
import type { RestRoute } from "./route";

export const REST_BASE = "/api/v1/iot";

interface Compiled {
  route: RestRoute;
  pattern: RegExp;
  names: string[];
}

const TABLE: readonly Compiled[] = REST_ROUTES.map((route) => ({
  route,
  names: [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ""),
  pattern: new RegExp(`^${REST_BASE}${route.path.replace(/\{\w+\}/g, "([^/]+)")}$`),
}))
  // Literal segments win over parameters.
  .sort((a, b) => a.names.length - b.names.length);

/**
 * The route of a request with its parameters from the path.
 * @param headers gets `allow` when the path exists with other methods only
 * @throws not_found, method_not_allowed
 */
export function findRoute(
  method: string,
  pathname: string,
  headers: Record<string, string>,
): { route: RestRoute; params: Record<string, string> } {
  const fitting = TABLE.flatMap((entry) => {
    const match = entry.pattern.exec(pathname);
    return match ? [{ entry, values: match.slice(1) }] : [];
  });
  const found = fitting.find(({ entry }) => entry.route.method === method);
  if (found) {
    const params = found.entry.names.map((name, index) => [name, decode(found.values[index] ?? "")] as const);
    return { route: found.entry.route, params: Object.fromEntries(params) };
  }
  if (fitting.length === 0) throw new AppError("not_found", "There is no such address. See /docs/api.");
  headers.allow = [...new Set(fitting.map(({ entry }) => entry.route.method))].join(", ");
  throw new AppError("method_not_allowed", `This address takes ${headers.allow}.`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AppError("not_found", "There is no such address. See /docs/api.");
  }
}
