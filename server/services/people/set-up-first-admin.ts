import { timingSafeEqual } from "node:crypto";
import type { Database } from "@/server/db/client";
import { setupSchema } from "@/server/domain/people/schema";
import { AppError, fieldError } from "@/server/errors";
import { recordAudit } from "@/server/services/audit/record-audit";
import { parseInput } from "@/server/services/parse";
import { hashSecret } from "@/server/services/provisioning/secret";
import { consumeRateLimit } from "@/server/services/rate-limits/consume-rate-limit";
import { preparePerson } from "./create-person";

interface SetupContext {
  db: Database;
  now: Date;
  requestId: string;
  /** Who is asking, for the rate limit. */
  address: string;
  /** The code the operator sees; `undefined` = setup is closed. */
  setupCode: string | undefined;
}

/** Whether the product still waits for its first admin. */
export async function needsSetup(db: Database): Promise<boolean> {
  return (await db.user.count()) === 0;
}

/**
 * Creates the first admin and the first farm. Works once: the row that claims it is unique, so of two requests at the
 * same moment one fails.
 * @throws conflict once somebody has signed up, invalid_input at `setupCode`, rate_limited
 */
export async function setUpFirstAdmin({ ctx, input }: { ctx: SetupContext; input: unknown }): Promise<{ email: string }> {
  await consumeRateLimit(ctx.db, { key: `setup:${ctx.address}`, max: 10, windowSeconds: 60 });
  const { setupCode, name, email, password, farm } = parseInput(setupSchema, input);
  if (!(await needsSetup(ctx.db))) throw new AppError("conflict", "Smart Dairy is already set up. Sign in instead.");
  if (!ctx.setupCode || !sameText(setupCode, ctx.setupCode)) {
    throw fieldError("invalid_input", "setupCode", "This is not the code shown in the terminal");
  }
  const person = await preparePerson({ name, email, password, isAdmin: true, memberships: [] });
  await ctx.db.$transaction(async (tx) => {
    const claimed =
      await tx.$executeRaw`INSERT INTO lease (name, owner, expires_at) VALUES ('first-admin', ${email}, 'infinity') ON CONFLICT DO NOTHING`;
    if (claimed === 0) throw new AppError("conflict", "Smart Dairy is already set up. Sign in instead.");
    const user = await person.create(tx);
    const { id: farmId } = await tx.farm.create({ data: farm });
    const source = { actor: { kind: "system" as const, label: name }, now: ctx.now, requestId: ctx.requestId };
    await recordAudit(tx, source, [
      { action: "person.created", subjectType: "person", subjectId: user.id, farmId: null, after: { name, email, isAdmin: true } },
      { action: "farm.created", subjectType: "farm", subjectId: farm.code, farmId, after: farm },
    ]);
  });
  return { email };
}

function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hashSecret(a.trim().toUpperCase()), hashSecret(b.trim().toUpperCase()));
}
