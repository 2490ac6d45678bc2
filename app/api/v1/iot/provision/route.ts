import { database } from "@/server/db/connection";
import { problemResponse } from "@/server/http/problem";
import { readJson } from "@/server/http/read-json";
import { addressOf, requestIdOf } from "@/server/http/request-info";
import { redeemToken } from "@/server/services/provisioning/redeem-token";

export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 16 * 1024;

/** A device redeems its provisioning token (docs/device-protocol.md). */
export async function POST(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const input = await readJson(request, MAX_BODY_BYTES);
    const answer = await redeemToken({ ctx: { db: database(), now: new Date(), requestId, address: addressOf(request.headers) }, input });
    return Response.json(answer, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}
