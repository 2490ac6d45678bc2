import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Logo } from "./logo";

interface AuthShellProps {
  title: string;
  subtitle?: ReactNode;
  /** Setup asks more than a sign-in does. */
  size?: "sm" | "md";
  /** Under the card: another way in, who to ask. */
  footer?: ReactNode;
  children: ReactNode;
}

/** Sign-in, setup, invitations: one card and the logo. */
export function AuthShell({ title, subtitle, size = "sm", footer, children }: AuthShellProps) {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className={cn("w-full", size === "sm" ? "max-w-100" : "max-w-140")}>
        <Logo className="mb-6 flex justify-center" />
        <div className="panel p-5 sm:p-7">
          <h1 className="text-title">{title}</h1>
          {subtitle ? <p className="mt-1 text-pretty text-ink-2">{subtitle}</p> : null}
          <div className="mt-6">{children}</div>
        </div>
        {footer ? <div className="mt-5 text-center text-sm text-ink-2">{footer}</div> : null}
      </div>
    </main>
  );
}
