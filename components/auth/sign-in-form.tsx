"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { signInSchema } from "@/server/domain/people/schema";
import { postAuth } from "./post-auth";

/** @param next path on this site to open afterwards */
export function SignInForm({ next }: { next: string }) {
  const [failure, setFailure] = useState<string>();
  const { register, handleSubmit, formState } = useForm<z.input<typeof signInSchema>, unknown, z.output<typeof signInSchema>>({
    resolver: zodResolver(signInSchema),
  });
  const submit = handleSubmit(async (credentials) => {
    setFailure(undefined);
    const result = await postAuth("sign-in/email", credentials);
    if (result.ok) window.location.assign(next);
    else setFailure(result.message === "Invalid email or password" ? "E-mail or password is wrong." : result.message);
  });
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
