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
import { getInvitation } from "@/server/services/people/accept-invitation";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const request = await headers();
  const ctx = { db: database(), now: new Date(), requestId: requestIdOf(request), address: addressOf(request) };
  const invitation = await getInvitation({ ctx, token }).catch((error: unknown) => {
    if (error instanceof AppError) return error.message;
    throw error;
  });
  if (typeof invitation === "string") {
    return (
      <AuthShell title="Invitation" subtitle={invitation}>
        <p className="text-ink-2">A link works once, and for seven days. If you have chosen your password already, sign in with it.</p>
        <Link href="/sign-in" className={cn(buttonVariants({ size: "lg" }), "mt-5 w-full")}>
          Sign in
        </Link>
      </AuthShell>
    );
  }
  return (
    <AuthShell title={`Hello ${invitation.name}`} subtitle="Choose a password, and you are in.">
      <ChoosePasswordForm purpose="invitation" token={token} email={invitation.email} />
    </AuthShell>
  );
}
