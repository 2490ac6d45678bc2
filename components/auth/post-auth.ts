export type AuthResult<T = unknown> = { ok: true; answer: T } | { ok: false; message: string; code: string | undefined };

/** Of the open endpoints (server/auth/endpoints.ts) and what they answer. */
interface Answers {
  "sign-in/email": { secondFactor?: true };
  "sign-out": unknown;
  "change-password": unknown;
  "two-factor/enable": { totpURI: string; backupCodes: string[] };
  "two-factor/verify-totp": unknown;
  "two-factor/verify-backup-code": unknown;
  "two-factor/generate-backup-codes": { backupCodes: string[] };
  "two-factor/disable": unknown;
}

/** Calls one of the open endpoints of signing in. */
export async function postAuth<P extends keyof Answers>(path: P, body: Record<string, unknown>): Promise<AuthResult<Answers[P]>> {
  try {
    const response = await fetch(`/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return { ok: true, answer: answer as Answers[P] };
    const { code, message } = (answer ?? {}) as { code?: string; message?: string };
    if (code === "ACCOUNT_TEMPORARILY_LOCKED")
      return { ok: false, code, message: "Too many wrong codes. Wait 15 minutes, then sign in again." };
    if (response.status === 429) return { ok: false, code, message: "Too many attempts. Wait a minute, then try again." };
    return { ok: false, code, message: message ?? "That did not work. Try again." };
  } catch {
    return { ok: false, code: undefined, message: "The server cannot be reached. Check the connection and try again." };
  }
}
