import Link from "next/link";
import { AuthShell } from "@/components/shell/auth-shell";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
export const metadata = { title: "Sign in" };
export default function Page() {
  return (
    <AuthShell
      title="Sign in"
      subtitle="Your farms, their devices, and what needs you today."
      footer={<>No account yet? Ask an admin for an invitation.</>}
    >
      <form className="flex flex-col gap-4">
        <Callout tone="critical" live>
          E-mail and password do not belong together.
        </Callout>
        <Field label="E-mail">
          <Input type="email" autoComplete="username" />
        </Field>
        <Field
          label="Password"
          error="Password is required"
          aside={
            <Link href="/x" className="text-sm text-accent hover:underline">
              Forgotten?
            </Link>
          }
        >
          <Input type="password" autoComplete="current-password" />
        </Field>
        <Button variant="primary" size="lg" type="submit">
          Sign in
        </Button>
        <Button size="lg" render={<Link href="/gallery-temp" />}>
          Use an invitation
        </Button>
      </form>
    </AuthShell>
  );
}
