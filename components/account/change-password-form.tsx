"use client";

import { useForm } from "react-hook-form";
import type { z } from "zod";
import { postAuth } from "@/components/auth/post-auth";
import { lazyResolver } from "@/components/console/lazy-resolver";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { MIN_PASSWORD_LENGTH } from "@/server/domain/people/password-length";
import type { changePasswordSchema } from "@/server/domain/people/schema";

const resolver = lazyResolver(async () => (await import("@/server/domain/people/schema")).changePasswordSchema);

/** Needs the current password: an unattended tablet must not be enough. */
export function ChangePasswordForm() {
  const { register, handleSubmit, setError, reset, formState } = useForm<z.infer<typeof changePasswordSchema>>({
    resolver,
    defaultValues: { currentPassword: "", newPassword: "" },
  });
  const { errors } = formState;
  const submit = handleSubmit(async (input) => {
    const result = await postAuth("change-password", { ...input, revokeOtherSessions: true });
    if (result.ok) {
      reset();
      toast.success("Password changed");
    } else if (result.message === "Invalid password") {
      setError("currentPassword", { message: "This is not your current password" }, { shouldFocus: true });
    } else {
      setError("newPassword", { message: result.message }, { shouldFocus: true });
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label="Current password" error={errors.currentPassword?.message}>
        <Input type="password" autoComplete="current-password" {...register("currentPassword")} />
      </Field>
      <Field
        label="New password"
        hint={`At least ${MIN_PASSWORD_LENGTH} characters. A few words in a row are good.`}
        error={errors.newPassword?.message}
      >
        <Input type="password" autoComplete="new-password" {...register("newPassword")} />
      </Field>
      <Button type="submit" size="lg" loading={formState.isSubmitting} className="self-start">
        Change password
      </Button>
    </form>
  );
}
