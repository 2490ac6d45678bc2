"use client";

import { useMutation } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
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
  return (
    <>
      <DialogBody className="flex flex-col gap-6">
        <section aria-label="Password">
          <h3 className="mb-2 font-semibold">Password</h3>
          <PasswordLink person={person} link={link} onLink={onLink} />
        </section>
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
