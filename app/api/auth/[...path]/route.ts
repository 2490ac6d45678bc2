import { handleAuth } from "@/server/auth/handle-auth";

export const dynamic = "force-dynamic";

export function POST(request: Request): Promise<Response> {
  return handleAuth(request);
}
