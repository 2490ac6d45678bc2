export type AuthResult = { ok: true } | { ok: false; message: string };

/** Calls one of the three open sign-in endpoints. */
export async function postAuth(path: "sign-in/email" | "sign-out" | "change-password", body: Record<string, unknown>): Promise<AuthResult> {
  try {
    const response = await fetch(`/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return { ok: true };
    if (response.status === 429) return { ok: false, message: "Too many attempts. Wait a minute, then try again." };
    const answer = (await response.json().catch(() => undefined)) as { message?: string } | undefined;
    return { ok: false, message: answer?.message ?? "That did not work. Try again." };
  } catch {
    return { ok: false, message: "The server cannot be reached. Check the connection and try again." };
  }
}
