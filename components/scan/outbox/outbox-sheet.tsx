"use client";

import { RefreshCw } from "lucide-react";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { buttonVariants } from "@/components/ui/button-variants";
import { Callout } from "@/components/ui/callout";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import type { FieldSnapshot } from "../offline/field-store";
import { useFieldStore } from "../offline/use-field";
import { OutboxList } from "./outbox-list";
import { ReservedIds } from "./reserved-ids";
import { TakenAlong } from "./taken-along";

interface OutboxSheetProps {
  field: FieldSnapshot;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What waits, since when, what failed and why; and what was taken along for work without a network. */
export function OutboxSheet({ field, open, onOpenChange }: OutboxSheetProps) {
  const store = useFieldStore();
  const { outbox, othersWaiting, pack, busy } = field;
  return (
    <Sheet open={open} onOpenChange={(next) => onOpenChange(next)}>
      <SheetContent title="Sent and waiting" description={pack ? `Signed in as ${pack.viewer.name}` : undefined}>
        <div className="flex flex-col gap-6">
          <div className="flex flex-col gap-3">
            <Standing field={field} />
            {outbox.length > 0 ? (
              <Button size="field" loading={busy} onClick={() => void store.sync()}>
                <RefreshCw aria-hidden />
                Send now
              </Button>
            ) : null}
          </div>
          <OutboxList outbox={outbox} />
          {othersWaiting > 0 ? (
            <Callout tone="warning" title={`${othersWaiting} more of somebody else`}>
              Another person used this tablet. What they did is sent when they sign in here again.
            </Callout>
          ) : null}
          {pack ? <TakenAlong field={field} pack={pack} /> : null}
          {pack ? <ReservedIds pack={pack} online={field.connection === "online"} /> : null}
        </div>
      </SheetContent>
    </Sheet>
  );
}

function Standing({ field: { connection, offlineSince, outbox } }: { field: FieldSnapshot }) {
  const oldest = outbox[0]?.queuedAt;
  const since = oldest ? (
    <>
      {" "}
      The oldest waits since <RelativeTime at={oldest} />.
    </>
  ) : null;
  if (connection === "signed_out") {
    return (
      <Callout
        tone="warning"
        title="Signed out"
        action={
          <a href="/sign-in?next=/scan" className={buttonVariants({ size: "lg" })}>
            Sign in
          </a>
        }
      >
        Nothing is lost. Sign in to send what waits.{since}
      </Callout>
    );
  }
  if (connection === "offline") {
    return (
      <Callout tone="warning" title="The server cannot be reached">
        {offlineSince ? (
          <>
            For <RelativeTime at={offlineSince} />. All you do is kept here and sent later.{since}
          </>
        ) : null}
      </Callout>
    );
  }
  return outbox.length === 0 ? (
    <Callout tone="healthy" title="Everything has arrived" />
  ) : (
    <Callout tone="info" title="Online">
      What can be sent is being sent.{since}
    </Callout>
  );
}
