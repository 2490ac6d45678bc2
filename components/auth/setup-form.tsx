"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { lazyResolver } from "@/components/console/lazy-resolver";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { TimeZoneSelect } from "@/components/farms/time-zone-select";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MIN_PASSWORD_LENGTH } from "@/server/domain/people/password-length";
import type { setupSchema } from "@/server/domain/people/schema";
import { postAuth } from "./post-auth";

const resolver = lazyResolver(async () => (await import("@/server/domain/people/schema")).setupSchema);
const FIELDS = ["setupCode", "name", "email", "password", "farm"] as const;

/** The first admin and the first farm. */
export function SetupForm() {
  const trpc = useTRPC();
  const setUp = useMutation(trpc.people.setUp.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const { register, handleSubmit, control, setError, formState } = useForm<
    z.input<typeof setupSchema>,
    unknown,
    z.output<typeof setupSchema>
  >({
    resolver,
    defaultValues: { farm: { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } },
  });
  const { errors } = formState;
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      await setUp.mutateAsync(input);
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
      return;
    }
    const signIn = await postAuth("sign-in/email", { email: input.email, password: input.password });
    window.location.assign(signIn.ok ? "/overview" : "/sign-in");
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {failure ? (
        <Callout tone="critical" live>
          {failure}
        </Callout>
      ) : null}
      <Field label="Setup code" hint="Shown in the terminal where Smart Dairy was started." error={errors.setupCode?.message}>
        <Input mono autoComplete="off" autoCapitalize="characters" autoFocus placeholder="XXXX-XXXX-XXXX" {...register("setupCode")} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Your name" error={errors.name?.message}>
          <Input autoComplete="name" {...register("name")} />
        </Field>
        <Field label="E-mail" error={errors.email?.message}>
          <Input type="email" autoComplete="username" {...register("email")} />
        </Field>
      </div>
      <Field
        label="Password"
        hint={`At least ${MIN_PASSWORD_LENGTH} characters. A few words in a row are good.`}
        error={errors.password?.message}
      >
        <Input type="password" autoComplete="new-password" {...register("password")} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-[1fr_9rem]">
        <Field label="First farm" error={errors.farm?.name?.message}>
          <Input placeholder="Nordhof" {...register("farm.name")} />
        </Field>
        <Field label="Code" error={errors.farm?.code?.message}>
          <Input mono autoCapitalize="characters" placeholder="NORD" {...register("farm.code")} />
        </Field>
      </div>
      <Field label="Time zone of the farm" error={errors.farm?.timeZone?.message}>
        <Controller control={control} name="farm.timeZone" render={({ field }) => <TimeZoneSelect {...field} />} />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={formState.isSubmitting}>
        Create admin and farm
      </Button>
    </form>
  );
}
