import { API_SCOPES } from "@/server/domain/api-keys/scopes";
import { serveRest } from "@/server/rest/serve-rest";

interface RestAnswer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

/** Calls the REST interface as a program does, below /api/v1/iot. */
export async function callRest(
  method: string,
  path: string,
  { body, raw, headers = {} }: { body?: unknown; raw?: string; headers?: Record<string, string> },
): Promise<RestAnswer> {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const type: Record<string, string> = text === undefined ? {} : { "content-type": "application/json" };
  const request = new Request(`http://localhost/api/v1/iot${path}`, { method, body: text, headers: { ...type, ...headers } });
  const response = await serveRest(request);
  const answer = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text: answer,
    body: (answer ? JSON.parse(answer) : {}) as RestAnswer["body"],
  };
}

/** Every scope a key that names farms can have. */
export const FARM_SCOPES = API_SCOPES.filter((scope) => scope !== "firmware.manage");
