/** What can have become of a provisioning token. */
export const TOKEN_STATES = ["open", "used", "expired", "revoked"] as const;
export type TokenState = (typeof TOKEN_STATES)[number];

export const TOKEN_STATE_LABELS: Record<TokenState, string> = {
  open: "Open",
  used: "Used",
  expired: "Expired",
  revoked: "Revoked",
};

export interface TokenFacts {
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
}

/** The state of a token: what was done with it counts before what time did. */
export function tokenState(token: TokenFacts, now: Date): TokenState {
  if (token.usedAt) return "used";
  if (token.revokedAt) return "revoked";
  return token.expiresAt <= now ? "expired" : "open";
}
