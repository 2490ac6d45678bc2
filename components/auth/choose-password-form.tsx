"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { lazyResolver } from "@/components/console/lazy-resolver";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MIN_PASSWORD_LENGTH } from "@/server/domain/people/password-length";
import type { choosePasswordSchema } from "@/server/domain/people/schema";
import { postAuth } from "./post-auth";
import { SecondFactorForm } from "./second-factor-form";

const resolver = lazyResolver(async () => (await import("@/server/domain/people/schema")).choosePasswordSchema);

interface ChoosePasswordFormProps {
  /** What let them come here: an invitation, or a link for a new password. */
  purpose: "invitation" | "reset";
  token: string;
  email: string;
}

/** Chooses a password and signs in. */
export function ChoosePasswordForm({ purpose, token, email }: ChoosePasswordFormProps) {
  const trpc = useTRPC();
  const accept = useMutation(trpc.people.acceptInvitation.mutationOptions());
  const choose = useMutation(trpc.people.choosePassword.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const [owesCode, setOwesCode] = useState(false);
  const { register, handleSubmit, setError, formState } = useForm<z.input<typeof choosePasswordSchema>>({
    resolver,
    defaultValues: { token, password: "" },
  });
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      await (purpose === "invitation" ? accept : choose).mutateAsync(input);
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, ["password"]));
      return;
    }
    const signIn = await postAuth("sign-in/email", { email, password: input.password });
    if (signIn.ok && signIn.answer.secondFactor) return setOwesCode(true);
    window.location.assign(signIn.ok ? "/overview" : "/sign-in");
  });
  if (owesCode) return <SecondFactorForm next="/overview" onStartAgain={() => window.location.assign("/sign-in")} />;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {failure ? (
        <Callout tone="critical" live>
          {failure}
        </Callout>
      ) : null}
      <Field label="E-mail">
        <Input type="email" autoComplete="username" value={email} readOnly />
      </Field>
      <Field
        label={purpose === "invitation" ? "Choose a password" : "New password"}
        hint={`At least ${MIN_PASSWORD_LENGTH} characters. A few words in a row are good.`}
        error={formState.errors.password?.message}
      >
        <Input type="password" autoComplete="new-password" autoFocus {...register("password")} />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={formState.isSubmitting}>
        {purpose === "invitation" ? "Start" : "Set password and sign in"}
      </Button>
    </form>
  );
}
