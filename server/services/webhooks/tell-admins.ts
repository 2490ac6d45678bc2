import type { Database } from "@/server/db/client";
import type { WebhookOffReason } from "@/server/domain/webhooks/vocabulary";
import { env } from "@/server/env";
import { logFor } from "@/server/log";
import { canSendMail, sendMails } from "@/server/services/mail/send-mail";

const log = logFor("webhooks");

export interface SwitchedOff {
  id: string;
  name: string;
  reason: WebhookOffReason;
}

const REASONS: Record<WebhookOffReason, string> = {
  gone: "it answered that it is gone (410)",
  failing: "it has accepted nothing for five days",
};

/** Writes to every admin who can sign in that endpoints were switched off, if e-mail is set up. Never throws. */
export async function tellAdmins(db: Database, endpoints: readonly SwitchedOff[]): Promise<void> {
  if (endpoints.length === 0 || !canSendMail()) return;
  try {
    const admins = await db.user.findMany({ where: { isAdmin: true, disabledAt: null }, select: { email: true, name: true } });
    const lines = endpoints.map(({ id, name, reason }) => `${name}: ${REASONS[reason]}.\n${env().PUBLIC_URL}/settings/webhooks/${id}\n`);
    const subject = endpoints.length === 1 ? `Webhook switched off: ${endpoints[0]?.name}` : `${endpoints.length} webhooks switched off`;
    const results = await sendMails(
      admins.map(({ email, name }) => ({
        to: email,
        subject,
        text: `Hello ${name},\n\n${lines.join("\n")}\nNothing is kept for it meanwhile. Mend the receiver and switch it on again.\n`,
      })),
    );
    const failed = results.find((error) => error !== undefined);
    if (failed) log.warn({ err: failed }, "admins could not be told by e-mail that a webhook was switched off");
  } catch (error) {
    log.warn({ err: error }, "admins could not be told that a webhook was switched off");
  }
}
