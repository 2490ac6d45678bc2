import { database } from "@/server/db/connection";
import { problemResponse } from "@/server/http/problem";
import { requestIdOf } from "@/server/http/request-info";
import { trustedKeys } from "@/server/services/firmware/signing-keys";

export const dynamic = "force-dynamic";

/** The public keys of firmware manifests as a JWK set; they are no secret (docs/device-protocol.md, section 7.1). */
export async function GET(request: Request): Promise<Response> {
  try {
    const headers = { "content-type": "application/jwk-set+json", "cache-control": "public, max-age=300" };
    return Response.json(await trustedKeys(database()), { headers });
  } catch (error) {
    return problemResponse(error, requestIdOf(request.headers));
  }
}
