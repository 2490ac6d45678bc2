import type { SessionAction } from "@/server/services/people/record-session";

/** One of better-auth's endpoints that can be reached. */
interface Endpoint {
  /** Of the body; better-auth sees nothing else of it. */
  fields: readonly string[];
  /** Of better-auth's answer; the browser sees nothing else of it. */
  answers?: readonly string[];
  /** What the audit says when it went well. Who is not signed in is by then. */
  whenSignedOut?: SessionAction;
  whenSignedIn?: SessionAction;
}

export const SIGN_IN = "/api/auth/sign-in/email";

/** Everything else better-auth offers stays closed: what is not reachable cannot be attacked. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  [SIGN_IN]: { fields: ["email", "password"], whenSignedOut: "signed_in" },
  "/api/auth/sign-out": { fields: [], whenSignedIn: "signed_out" },
  "/api/auth/change-password": {
    fields: ["currentPassword", "newPassword", "revokeOtherSessions"],
    whenSignedIn: "password_changed",
  },
  // Begins; it counts for nothing until a first code is right.
  "/api/auth/two-factor/enable": { fields: ["password"], answers: ["totpURI", "backupCodes"] },
  // The second step of a sign-in, or that first code. Without "trustDevice": every sign-in asks for a code.
  "/api/auth/two-factor/verify-totp": { fields: ["code"], whenSignedOut: "signed_in", whenSignedIn: "second_factor_enabled" },
  "/api/auth/two-factor/verify-backup-code": { fields: ["code"], whenSignedOut: "signed_in" },
  "/api/auth/two-factor/generate-backup-codes": { fields: ["password"], answers: ["backupCodes"], whenSignedIn: "backup_codes_made" },
  "/api/auth/two-factor/disable": { fields: ["password"], whenSignedIn: "second_factor_disabled" },
};
