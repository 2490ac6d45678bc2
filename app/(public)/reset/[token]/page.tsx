import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { ChoosePasswordForm } from "@/components/auth/choose-password-form";
import { AuthShell } from "@/components/shell/auth-shell";
import { buttonVariants } from "@/components/ui/button-variants";
import { cn } from "@/components/ui/cn";
import { database } from "@/server/db/connection";
import { AppError } from "@/server/errors";
import { addressOf, requestIdOf } from "@/server/http/request-info";
import { getPasswordReset } from "@/server/services/people/choose-password";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const request = await headers();
  const ctx = { db: database(), now: new Date(), requestId: requestIdOf(request), address: addressOf(request) };
  const person = await getPasswordReset({ ctx, token }).catch((error: unknown) => {
    if (error instanceof AppError) return error.message;
    throw error;
  });
  if (typeof person === "string") {
    return (
      <AuthShell title="New password" subtitle={person}>
        <p className="text-ink-2">
          A link works once, for a day, and until a newer one is made. If you have chosen your password already, sign in with it.
        </p>
        <Link href="/sign-in" className={cn(buttonVariants({ size: "lg" }), "mt-5 w-full")}>
          Sign in
        </Link>
      </AuthShell>
    );
  }
  return (
    <AuthShell title={`Hello ${person.name}`} subtitle="Choose a new password. It signs you out wherever you are still signed in.">
      <ChoosePasswordForm purpose="reset" token={token} email={person.email} />
    </AuthShell>
  );
}
