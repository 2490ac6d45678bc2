import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { AuthShell } from "@/components/shell/auth-shell";
import { actorOfSession } from "@/server/auth/session-gate";
import { database } from "@/server/db/connection";
import { needsSetup } from "@/server/services/people/set-up-first-admin";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  if (await needsSetup(database())) redirect("/setup");
  if (await actorOfSession(await headers())) redirect("/overview");
  return (
    <AuthShell title="Sign in" footer="No access yet? Ask an admin of your farm for an invitation.">
      <SignInForm next={localPath((await searchParams).next)} />
    </AuthShell>
  );
}

/** Only a path on this site: anything else would send people wherever a link wants. */
function localPath(next: string | undefined): string {
  return next && /^\/(?![/\\])[\w\-./?=&%]*$/.test(next) ? next : "/overview";
}
