import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError } from "better-auth/api";
import { twoFactor } from "better-auth/plugins/two-factor";
import { database } from "@/server/db/connection";
import { MIN_PASSWORD_LENGTH } from "@/server/domain/people/password-length";
import { env } from "@/server/env";
import { ADDRESS_HEADER } from "@/server/http/request-info";
import { logFor } from "@/server/log";
import { claimCode } from "@/server/services/people/claim-code";

const log = logFor("auth");

function create() {
  const { PUBLIC_URL, SESSION_SECRET, EMBEDDED } = env();
  const db = database();
  return betterAuth({
    baseURL: PUBLIC_URL,
    secret: SESSION_SECRET,
    database: prismaAdapter(db, { provider: "postgresql" }),
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level === "warn" || level === "error" ? level : "debug"](message) },
    // Only the embedded default may be opened under several names of the same machine; else PUBLIC_URL is the one origin.
    trustedOrigins: (request) => (EMBEDDED && request ? sameHostOrigins(request) : []),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
    },
    session: {
      expiresIn: 14 * 86_400,
      updateAge: 86_400,
      // Off, so that a session that was ended opens nothing from then on.
      cookieCache: { enabled: false },
      additionalFields: { lastUsedAt: { type: "date", required: false, input: false } },
    },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 120,
      customRules: {
        "/sign-in/email": { window: 60, max: 10 },
        "/change-password": { window: 60, max: 10 },
        "/two-factor/*": { window: 60, max: 10 },
      },
    },
    advanced: {
      database: { generateId: false },
      cookiePrefix: "smart-dairy",
      useSecureCookies: PUBLIC_URL.startsWith("https:"),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    // After ten wrong codes in a row it takes none for 15 minutes. No device is trusted: handleAuth lets no such wish through.
    plugins: [twoFactor({ issuer: "Smart Dairy", accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 } })],
    databaseHooks: {
      session: {
        create: {
          before: async (session, endpoint) => {
            const user = await db.user.findUnique({ where: { id: session.userId }, select: { disabledAt: true } });
            if (user?.disabledAt) throw new APIError("FORBIDDEN", { message: "This account is disabled. Ask an admin." });
            if (endpoint?.path !== "/two-factor/verify-totp") return;
            const { code } = endpoint.body as { code: string };
            if (!(await claimCode(db, { userId: session.userId, code })))
              throw new APIError("UNAUTHORIZED", { code: "CODE_USED", message: "This code was used before. Wait for the next one." });
          },
        },
      },
    },
  });
}

function sameHostOrigins(request: Request): string[] {
  const host = request.headers.get("host");
  return host ? [`http://${host}`] : [];
}

type Auth = ReturnType<typeof create>;
let instance: Auth | undefined;

/** better-auth over our tables: e-mail and password, sessions in the database, nobody signs up by themselves. */
export function auth(): Auth {
  instance ??= create();
  return instance;
}
