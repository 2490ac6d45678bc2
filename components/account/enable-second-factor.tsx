"use client";

import { QRCodeSVG } from "qrcode.react";
import { type FormEvent, useState } from "react";
import { postAuth } from "@/components/auth/post-auth";
import { CopyField } from "@/components/patterns/copy-field";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { BackupCodes } from "./backup-codes";
import { PasswordStep } from "./password-step";

interface Begun {
  totpURI: string;
  backupCodes: string[];
}

/** Password, then the code to scan and a first code back, then the backup codes. On from the second step's end. */
export function EnableSecondFactor({ onClose }: { onClose: () => void }) {
  const [begun, setBegun] = useState<Begun>();
  const [isConfirmed, setConfirmed] = useState(false);
  if (begun && isConfirmed) return <BackupCodes title="Second factor is on" codes={begun.backupCodes} onClose={onClose} />;
  if (begun) return <ConfirmStep totpURI={begun.totpURI} onConfirmed={() => setConfirmed(true)} onClose={onClose} />;
  return (
    <PasswordStep
      title="Turn on the second factor"
      description="Have your phone at hand, with an app that shows codes."
      submitLabel="Continue"
      attempt={(password) => postAuth("two-factor/enable", { password })}
      onDone={setBegun}
      onClose={onClose}
    />
  );
}

function ConfirmStep({ totpURI, onConfirmed, onClose }: { totpURI: string; onConfirmed: () => void; onClose: () => void }) {
  const [code, setCode] = useState("");
  const [error, setError] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const typed = code.replace(/\s/g, "");
    if (isWorking) return;
    if (!/^\d{6}$/.test(typed)) return setError("Enter the six digits that your app shows");
    setWorking(true);
    const result = await postAuth("two-factor/verify-totp", { code: typed });
    setWorking(false);
    if (result.ok) onConfirmed();
    else
      setError(
        result.code === "INVALID_CODE"
          ? "This code is wrong. Enter the one that is shown now; the phone’s clock must be right."
          : result.message,
      );
  };
  return (
    <FormDialog
      title="Scan this with your app"
      description="It then shows six digits, and others every half minute."
      submitLabel="Turn on"
      isSubmitting={isWorking}
      onSubmit={submit}
      onClose={onClose}
    >
      {/* Dark on white, whatever the theme: scanners need it so. */}
      <QRCodeSVG value={totpURI} size={196} level="M" marginSize={4} title="QR code for your app" className="self-center rounded-control" />
      <Field label="Code from your app" error={error}>
        <Input
          mono
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          className="text-lg tracking-widest"
        />
      </Field>
      <CopyField
        label="Secret"
        value={new URL(totpURI).searchParams.get("secret") ?? ""}
        wrap
        hint="Instead of scanning: to type in, or to copy where the app is on this device."
      />
    </FormDialog>
  );
}
