"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { lazyResolver } from "@/components/console/lazy-resolver";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { signInSchema } from "@/server/domain/people/schema";
import { postAuth } from "./post-auth";
import { SecondFactorForm } from "./second-factor-form";

const resolver = lazyResolver(async () => (await import("@/server/domain/people/schema")).signInSchema);

/** @param next path on this site to open afterwards */
export function SignInForm({ next }: { next: string }) {
  const [failure, setFailure] = useState<string>();
  const [owesCode, setOwesCode] = useState(false);
  const { register, handleSubmit, setFocus, getValues, reset, formState } = useForm<
    z.input<typeof signInSchema>,
    unknown,
    z.output<typeof signInSchema>
  >({
    resolver,
  });
  const submit = handleSubmit(async (credentials) => {
    setFailure(undefined);
    const result = await postAuth("sign-in/email", credentials);
    if (result.ok && result.answer.secondFactor) return setOwesCode(true);
    if (result.ok) return window.location.assign(next);
    setFailure(result.message === "Invalid email or password" ? "E-mail or password is wrong." : result.message);
    setFocus("password", { shouldSelect: true });
  });
  const startAgain = (reason?: string) => {
    reset({ email: getValues("email"), password: "" });
    setFailure(reason);
    setOwesCode(false);
  };
  if (owesCode) return <SecondFactorForm next={next} onStartAgain={startAgain} />;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {failure ? (
        <Callout tone="critical" live>
          {failure}
        </Callout>
      ) : null}
      <Field label="E-mail" error={formState.errors.email?.message}>
        <Input type="email" autoComplete="username" autoFocus {...register("email")} />
      </Field>
      <Field label="Password" error={formState.errors.password?.message}>
        <Input type="password" autoComplete="current-password" {...register("password")} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        loading={formState.isSubmitting || (formState.isSubmitSuccessful && !failure)}
        className="mt-1"
      >
        Sign in
      </Button>
    </form>
  );
}
