"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { postAuth } from "./post-auth";

interface SecondFactorFormProps {
  /** Path on this site to open afterwards. */
  next: string;
  /** The password has to be given again: by choice, or for this reason. */
  onStartAgain: (reason?: string) => void;
}

const KINDS = {
  app: {
    path: "two-factor/verify-totp",
    label: "Code from your app",
    hint: "The six digits it shows for Smart Dairy.",
    missing: "Enter the six digits",
    wrong: "This code is wrong. Enter the one that is shown now.",
    other: "Use a backup code",
  },
  backup: {
    path: "two-factor/verify-backup-code",
    label: "Backup code",
    hint: "One of the ten you saved. Each works once.",
    missing: "Enter a backup code, for example abCd3-eFgh4",
    wrong: "This code is wrong, or was used before.",
    other: "Use your app",
  },
} as const;
const PATTERNS = { app: /^\d{6}$/, backup: /^\w{5}-\w{5}$/ };

/** What somebody wants after the password who has turned on the second factor: a code. */
export function SecondFactorForm({ next, onStartAgain }: SecondFactorFormProps) {
  const [kind, setKind] = useState<keyof typeof KINDS>("app");
  const [code, setCode] = useState("");
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const { path, label, hint, missing, wrong, other } = KINDS[kind];

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isWorking) return;
    const typed = code.replace(/\s/g, "");
    setFailure(undefined);
    setError(PATTERNS[kind].test(typed) ? undefined : missing);
    if (!PATTERNS[kind].test(typed)) return;
    setWorking(true);
    const result = await postAuth(path, { code: typed });
    // It goes on turning while the next page loads.
    if (result.ok) return window.location.assign(next);
    setWorking(false);
    if (result.code === "INVALID_CODE" || result.code === "INVALID_BACKUP_CODE") return setError(wrong);
    if (result.code && STARTS_AGAIN.has(result.code)) return onStartAgain(STARTS_AGAIN.get(result.code));
    setFailure(result.message);
  };
  const switchKind = () => {
    setKind(kind === "app" ? "backup" : "app");
    setCode("");
    setError(undefined);
    setFailure(undefined);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {failure ? (
        <Callout tone="critical" live>
          {failure}
        </Callout>
      ) : null}
      <Field label={label} hint={hint} error={error}>
        <Input
          key={kind}
          mono
          autoFocus
          autoComplete={kind === "app" ? "one-time-code" : "off"}
          inputMode={kind === "app" ? "numeric" : "text"}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={20}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          className="text-lg tracking-widest"
        />
      </Field>
      <Button type="submit" variant="primary" size="lg" loading={isWorking}>
        Sign in
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button variant="ghost" className="-ml-3" onClick={switchKind}>
          {other}
        </Button>
        <Button variant="ghost" className="-mr-3" onClick={() => onStartAgain()}>
          Start again
        </Button>
      </div>
    </form>
  );
}

/** Refusals after which a code is of no use before the password was given again, and what is said then. */
const STARTS_AGAIN = new Map([
  ["CODE_USED", "This code was used before. Sign in again, with the next one."],
  ["INVALID_TWO_FACTOR_COOKIE", "That took too long. Sign in again."],
  ["TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE", "Too many wrong codes. Sign in again."],
  ["ACCOUNT_TEMPORARILY_LOCKED", "Too many wrong codes. Wait 15 minutes, then sign in again."],
]);
