import { openApiDocument } from "@/server/rest/openapi";

/** The REST interface as an OpenAPI 3.1 document. It holds nothing secret. */
export function GET(): Response {
  return Response.json(openApiDocument(), { headers: { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" } });
}
