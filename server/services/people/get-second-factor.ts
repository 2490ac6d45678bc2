import { symmetricDecrypt } from "better-auth/crypto";
import { z } from "zod";
import { env } from "@/server/env";
import { requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";

/** What somebody sees of their own second factor: never its secret, nor a code. */
export interface SecondFactorView {
  isOn: boolean;
  /** Each opens once, when the phone is not at hand. */
  backupCodesLeft: number;
}

/** The caller's own second factor. */
export async function getSecondFactor({ ctx }: { ctx: ServiceContext }): Promise<SecondFactorView> {
  const { userId } = requirePerson(ctx.actor);
  const found = await ctx.db.twoFactor.findUnique({
    where: { userId },
    select: { backupCodes: true, user: { select: { twoFactorEnabled: true } } },
  });
  if (!found?.user.twoFactorEnabled) return { isOn: false, backupCodesLeft: 0 };
  const codes = await symmetricDecrypt({ key: env().SESSION_SECRET, data: found.backupCodes });
  return { isOn: true, backupCodesLeft: z.array(z.string()).parse(JSON.parse(codes)).length };
}
