import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetupForm } from "@/components/auth/setup-form";
import { AuthShell } from "@/components/shell/auth-shell";
import { database } from "@/server/db/connection";
import { needsSetup } from "@/server/services/people/set-up-first-admin";

export const metadata: Metadata = { title: "Set up" };
export const dynamic = "force-dynamic";

export default async function SetupPage() {
  if (!(await needsSetup(database()))) redirect("/sign-in");
  return (
    <AuthShell
      title="Welcome to Smart Dairy"
      subtitle="Create the first admin and the first farm. Everybody else is invited from inside."
      size="md"
    >
      <SetupForm />
    </AuthShell>
  );
}
