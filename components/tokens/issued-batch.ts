import type { TokenSheetRow } from "@/server/domain/provisioning/token-sheet";
import type { IssuedToken } from "@/server/services/provisioning/issue-tokens";

/** Tokens that were just issued, with what people want to see beside them. */
export interface IssuedBatch {
  farm: string;
  /** Device ID, or the type of device. */
  target: string;
  note: string | null;
  tokens: IssuedToken[];
}

export function sheetRows({ tokens, ...batch }: IssuedBatch): TokenSheetRow[] {
  return tokens.map(({ words, token, expiresAt }) => ({ ...batch, words, token, expiresAt }));
}
