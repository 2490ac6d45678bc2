import { scanWorkerScript } from "@/server/http/scan-worker";

export const dynamic = "force-dynamic";

/** The scanner's service worker. It may rule over /scan itself, not only over what is below. */
export async function GET(): Promise<Response> {
  return new Response(await scanWorkerScript(), {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-cache",
      "service-worker-allowed": "/scan",
    },
  });
}
