import { describe, expect, test } from "vitest";
import { GET } from "@/app/api/v1/openapi.json/route";
import { API_SCOPES } from "@/server/domain/api-keys/scopes";
import { findRoute, REST_BASE } from "./find-route";
import { REST_ROUTES } from "./rest-routes";

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  parameters?: { name: string; in: string; required?: boolean; schema: unknown }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { content: Record<string, { schema: unknown }> }>;
  "x-scope": string;
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

const document = (await GET().json()) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

describe("the OpenAPI document", () => {
  test("is 3.1 and tells of exactly the routes that are served", () => {
    expect(document.openapi).toBe("3.1.0");
    const told = operations.map(({ path, method }) => `${method} ${path}`).sort();
    expect(told).toEqual(REST_ROUTES.map(({ method, path }) => `${method} ${REST_BASE}${path}`).sort());
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  test.each(operations)("$method $path leads to its own route", ({ path, method, operation }) => {
    const { route } = findRoute(method, path.replace("{id}", "MM001"), {});
    expect(route.operationId).toBe(operation.operationId);
    expect(operation["x-scope"]).toBe(route.scope);
    expect(API_SCOPES).toContain(operation["x-scope"]);
    const inPath = operation.parameters?.filter((parameter) => parameter.in === "path") ?? [];
    expect(inPath.map(({ name, required }) => [name, required])).toEqual(path.includes("{id}") ? [["id", true]] : []);
    const inQuery = operation.parameters?.filter((parameter) => parameter.in === "query").map(({ name }) => name) ?? [];
    expect(inQuery.sort()).toEqual(Object.keys(route.query?.shape ?? {}).sort());
    expect(Boolean(operation.requestBody)).toBe(Boolean(route.body ?? route.takesCsv));
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining([String(route.status), "400", "401", "403", "404", "429"]));
    expect(operation.responses["400"]?.content).toHaveProperty(["application/problem+json"]);
  });

  test("names the six of specification 7.2 as it does", () => {
    const summaries = Object.fromEntries(operations.map(({ method, path, operation }) => [`${method} ${path}`, operation.summary]));
    expect(summaries).toMatchObject({
      "POST /api/v1/iot/devices/import": "Bulk import devices",
      "GET /api/v1/iot/devices/{id}/health": "Get device health status",
      "POST /api/v1/iot/devices/{id}/diagnostic": "Run device diagnostic",
      "POST /api/v1/iot/firmware/update": "Schedule firmware update",
      "GET /api/v1/iot/firmware/versions": "List firmware versions",
      "POST /api/v1/iot/devices/{id}/restart": "Restart device",
    });
  });

  test("every reference leads somewhere", () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
    expect(references.length).toBeGreaterThan(50);
    for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  test("moments are date-times, not anything", () => {
    expect(JSON.stringify(document.components.schemas.Device)).toContain('"format":"date-time"');
  });
});
