import { serveRest } from "@/server/rest/serve-rest";

export const dynamic = "force-dynamic";

export { serveRest as DELETE, serveRest as GET, serveRest as PATCH, serveRest as POST, serveRest as PUT };
