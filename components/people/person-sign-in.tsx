"use client";

import { Button } from "@/components/ui/button";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import type { PersonView } from "@/server/services/people/list-people";
import { SessionList } from "./session-list";

/** Where a person is signed in. What is done here is done at once. */
export function PersonSignIn({ person }: { person: PersonView }) {
  return (
    <>
      <DialogBody className="flex flex-col gap-6">
        <section>
          <h3 className="mb-3 font-semibold">Signed in</h3>
          <SessionList person={person} />
        </section>
      </DialogBody>
      <DialogFooter>
        <DialogClose render={<Button size="lg" />}>Close</DialogClose>
      </DialogFooter>
    </>
  );
}
