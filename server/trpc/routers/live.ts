import { tracked } from "@trpc/server";
import { requirePerson } from "@/server/services/authorize";
import { liveFeed } from "@/server/services/feed/live-feed";
import { procedure, router } from "../init";

export const liveRouter = router({
  /** One stream a tab: which devices, farms … of the caller changed. The client decides what to read again. */
  changes: procedure.subscription(async function* ({ ctx, signal }) {
    const subscription = liveFeed(ctx.db).subscribe(requirePerson(ctx.actor), signal, ctx.currentActor);
    let count = 0;
    for await (const change of subscription) yield tracked(String(++count), change);
  }),
});
