"use client";

import { PageHeader } from "@/components/patterns/page-header";
import { BrowserPermission } from "./browser-permission";
import { RulesCard } from "./rules-card";
import { ToldList } from "./told-list";

/** What somebody was told, and what they want to be told. */
export function NotificationsScreen() {
  return (
    <>
      <PageHeader title="Notifications" subtitle="What you were told about alerts and rollouts, and what you want to be told." />
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <ToldList />
        <div className="flex min-w-0 flex-col gap-4 max-lg:order-first">
          <RulesCard />
          <BrowserPermission />
        </div>
      </div>
    </>
  );
}
