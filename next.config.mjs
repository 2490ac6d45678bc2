// What every answer carries is in server/http/security-headers.ts: its nonce is another one each time.

// Somebody uploaded it: it may be looked at, never run.
const UPLOADED_CONTENT = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** @type {import("next").NextConfig} */
const nextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  typedRoutes: false,
  // `npm run check` checks types, once, for everything; the build that `npm start` runs need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Next would otherwise write AGENTS.md into the repository while developing.
  agentRules: false,
  distDir: process.env.NEXT_DIST_DIR || ".next",
  // A lockfile in a parent folder must not move the project root.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  serverExternalPackages: [
    "prisma",
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "pino",
    "pino-pretty",
    "@electric-sql/pglite",
    "@electric-sql/pglite-socket",
    "aedes",
    "mqtt",
    "nodemailer",
    "prom-client",
    "pdfkit",
    "fontkit",
    "harfbuzzjs",
    "sharp",
    "esbuild",
  ],
  // The last match wins, also over what a route answers itself.
  headers: async () => [
    { source: "/api/devices/photos/:id", headers: [{ key: "Content-Security-Policy", value: UPLOADED_CONTENT }] },
    { source: "/api/maintenance/attachments/:id", headers: [{ key: "Content-Security-Policy", value: UPLOADED_CONTENT }] },
  ],
};

export default nextConfig;
