"use client";

import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Tab, TabPanel, Tabs, TabsList } from "@/components/ui/tabs";
import type { PersonView } from "@/server/services/people/list-people";
import type { NewPasswordLink } from "@/server/services/people/offer-new-password";
import { PersonRights } from "./person-rights";
import { PersonSignIn } from "./person-sign-in";

/** One person, for admins: what they may do, and how they sign in. */
export function PersonDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const [link, setLink] = useState<NewPasswordLink>();
  return (
    // A tap beside the dialog must not take away what is shown only once.
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} disablePointerDismissal={Boolean(link)}>
      <DialogContent title={person.name} description={person.email}>
        <Tabs defaultValue="rights" className="flex min-h-0 flex-1 flex-col">
          <TabsList className="shrink-0 px-3">
            <Tab value="rights">Rights</Tab>
            <Tab value="sign-in">Signing in</Tab>
          </TabsList>
          <TabPanel value="rights" className="flex min-h-0 flex-1 flex-col">
            <PersonRights person={person} onClose={onClose} />
          </TabPanel>
          <TabPanel value="sign-in" className="flex min-h-0 flex-1 flex-col">
            <PersonSignIn person={person} link={link} onLink={setLink} />
          </TabPanel>
        </Tabs>
      </DialogContent>
    </Dialog>
  );
}
