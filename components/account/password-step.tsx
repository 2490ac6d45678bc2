"use client";

import { type FormEvent, useState } from "react";
import type { AuthResult } from "@/components/auth/post-auth";
import { FormDialog } from "@/components/patterns/form-dialog";
import type { ButtonProps } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface PasswordStepProps<T> {
  title: string;
  description: string;
  submitLabel: string;
  submitVariant?: ButtonProps["variant"];
  /** What the password is for. */
  attempt: (password: string) => Promise<AuthResult<T>>;
  onDone: (answer: T) => void;
  onClose: () => void;
}

/** Asks for the password before something that an unattended tablet must not be enough for. */
export function PasswordStep<T>({ attempt, onDone, onClose, ...texts }: PasswordStepProps<T>) {
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isWorking) return;
    setFailure(undefined);
    setError(password ? undefined : "Enter your password");
    if (!password) return;
    setWorking(true);
    const result = await attempt(password);
    setWorking(false);
    if (result.ok) onDone(result.answer);
    else if (result.code === "INVALID_PASSWORD") setError("This is not your password");
    else setFailure(result.message);
  };
  return (
    <FormDialog {...texts} failure={failure} isSubmitting={isWorking} onSubmit={submit} onClose={onClose}>
      <Field label="Your password" error={error}>
        <Input
          type="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
