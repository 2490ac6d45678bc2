"use client";

import { useConsole } from "@/components/console/console-shell";
import { DefinitionList } from "@/components/patterns/definition-list";
import { PageHeader } from "@/components/patterns/page-header";
import { ThemeToggle } from "@/components/patterns/theme-toggle";
import { SessionList } from "@/components/people/session-list";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ChangePasswordForm } from "./change-password-form";
import { SecondFactorCard } from "./second-factor-card";

/** One's own name, colours, password and second factor, and where one is signed in. */
export function AccountScreen() {
  const { viewer } = useConsole();
  return (
    <>
      <PageHeader title="Your account" />
      <div className="mt-5 flex max-w-xl flex-col gap-4">
        <Card>
          <CardHeader title="You" divided />
          <CardBody className="pt-4">
            <DefinitionList
              items={[
                { term: "Name", value: viewer.name },
                { term: "E-mail", value: viewer.email },
                { term: "Role", value: viewer.roleLabel },
              ]}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Colours" description="Light reads better in the sun, dark in the barn at night." divided />
          <CardBody className="pt-4">
            <ThemeToggle />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Password" description="Changing it signs you out on your other devices." divided />
          <CardBody className="pt-4">
            <ChangePasswordForm />
          </CardBody>
        </Card>
        <SecondFactorCard />
        <Card>
          <CardHeader title="Where you are signed in" description="Sign out what you do not know or no longer use." divided />
          <CardBody>
            <SessionList />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
