"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound, ShieldOff } from "lucide-react";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { CopyField } from "@/components/patterns/copy-field";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { PersonView } from "@/server/services/people/list-people";
import type { NewPasswordLink } from "@/server/services/people/offer-new-password";
import { SessionList } from "./session-list";

interface PersonSignInProps {
  person: PersonView;
  /** Made in this dialog, and shown as long as it is open. */
  link: NewPasswordLink | undefined;
  onLink: (link: NewPasswordLink) => void;
}

/** How a person signs in, and where they are. What is done here is done at once. */
export function PersonSignIn({ person, link, onLink }: PersonSignInProps) {
  const { viewer } = useConsole();
  return (
    <>
      <DialogBody className="flex flex-col gap-6">
        {viewer.email === person.email ? (
          <p className="text-ink-2">You change your own password and second factor under “Your account”.</p>
        ) : (
          <>
            <section aria-label="Password">
              <h3 className="mb-2 font-semibold">Password</h3>
              <PasswordLink person={person} link={link} onLink={onLink} />
            </section>
            {person.hasSecondFactor ? <SecondFactor person={person} /> : null}
          </>
        )}
        <section aria-label="Where signed in">
          <h3 className="mb-3 font-semibold">Where signed in</h3>
          <SessionList person={person} />
        </section>
      </DialogBody>
      <DialogFooter>
        <DialogClose render={<Button size="lg" />}>{link ? "Done" : "Close"}</DialogClose>
      </DialogFooter>
    </>
  );
}

function PasswordLink({ person, link, onLink }: PersonSignInProps) {
  const trpc = useTRPC();
  const offer = useMutation(
    trpc.people.offerNewPassword.mutationOptions({ onSuccess: onLink, onError: (error: ApiError) => toast.error(error.message) }),
  );
  if (link)
    return (
      <CopyField
        label="Link for a new password"
        value={link.link}
        hint={`${link.mailed ? "It was sent by e-mail, and can be passed on as well." : "Pass it on; it is not shown again."} It works once, for 24 hours, and signs ${person.name} out everywhere.`}
      />
    );
  if (person.disabledAt) return <p className="text-ink-2">Disabled: no way in until that is taken back.</p>;
  return (
    <>
      <p className="text-ink-2">Who has forgotten theirs chooses a new one with a link. The present password holds until it is used.</p>
      <Button loading={offer.isPending} onClick={() => offer.mutate({ personId: person.id })} className="mt-3">
        <KeyRound aria-hidden />
        Make a link
      </Button>
    </>
  );
}

function SecondFactor({ person }: { person: PersonView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [isOff, setOff] = useState(false);
  const remove = useMutation(
    trpc.people.removeSecondFactor.mutationOptions({ onSettled: () => queries.invalidateQueries({ queryKey: trpc.people.pathKey() }) }),
  );
  return (
    <section aria-label="Second factor">
      <h3 className="mb-2 font-semibold">Second factor</h3>
      <p className="text-ink-2">
        {isOff ? "Off: the password alone lets them in." : "On: a code from their phone is asked for after the password."}
      </p>
      {isOff ? null : (
        <Button onClick={() => setAsked(true)} className="mt-3">
          <ShieldOff aria-hidden />
          Turn off
        </Button>
      )}
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={`Turn off the second factor of ${person.name}?`}
        consequence="For somebody who has lost phone and backup codes. From then on their password alone lets them in; be sure that it is them who ask."
        confirmLabel="Turn off"
        onConfirm={async () => {
          await remove.mutateAsync({ personId: person.id });
          setOff(true);
        }}
        describeFailure={(error) => (error as ApiError).message}
      />
    </section>
  );
}
