"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Tab, TabPanel, Tabs, TabsList } from "@/components/ui/tabs";
import type { PersonView } from "@/server/services/people/list-people";
import { PersonRights } from "./person-rights";
import { PersonSignIn } from "./person-sign-in";

/** One person, for admins: what they may do, and how they sign in. */
export function PersonDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
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
            <PersonSignIn person={person} />
          </TabPanel>
        </Tabs>
      </DialogContent>
    </Dialog>
  );
}
