import { auth } from "@/server/auth/auth";

export const dynamic = "force-dynamic";

// Everything else better-auth offers stays closed: what is not reachable cannot be attacked.
const POST_PATHS = new Set(["/api/auth/sign-in/email", "/api/auth/sign-out", "/api/auth/change-password"]);

export async function POST(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!POST_PATHS.has(pathname)) return new Response(null, { status: 404 });
  return auth().handler(request);
}
