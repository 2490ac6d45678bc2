import { AppError } from "@/server/errors";
import { requirePerson } from "@/server/services/authorize";
import type { ServiceContext } from "@/server/services/context";
import { canSendMail, sendMail } from "@/server/services/mail/send-mail";
import { consumeRateLimit } from "@/server/services/rate-limits/consume-rate-limit";

const TESTS_AN_HOUR = 5;
const HOUR_SECONDS = 3_600;

/** Sends the caller a message, to see that e-mail arrives. @throws conflict when no mail server is set up or it
 * refuses, rate_limited after five in an hour */
export async function sendTestNotification({ ctx }: { ctx: ServiceContext }): Promise<{ email: string }> {
  const { userId, name, email } = requirePerson(ctx.actor);
  if (!canSendMail()) throw new AppError("conflict", "No mail server is set up. Set SMTP_URL and start again.");
  await consumeRateLimit(ctx.db, { key: `notification-test:${userId}`, max: TESTS_AN_HOUR, windowSeconds: HOUR_SECONDS });
  try {
    const text = `Hello ${name},\n\nthis is what Smart Dairy’s messages will reach you as.\n`;
    await sendMail({ to: email, subject: "Smart Dairy: a test", text });
  } catch (error) {
    throw new AppError("conflict", `The mail server did not accept it: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { email };
}
