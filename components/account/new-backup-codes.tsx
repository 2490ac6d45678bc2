"use client";

import { useState } from "react";
import { postAuth } from "@/components/auth/post-auth";
import { BackupCodes } from "./backup-codes";
import { PasswordStep } from "./password-step";

export function NewBackupCodes({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<string[]>();
  if (codes) return <BackupCodes title="New backup codes" codes={codes} onClose={onClose} />;
  return (
    <PasswordStep
      title="Make new backup codes?"
      description="Those you have stop working."
      submitLabel="Make new codes"
      attempt={(password) => postAuth("two-factor/generate-backup-codes", { password })}
      onDone={({ backupCodes }) => setCodes(backupCodes)}
      onClose={onClose}
    />
  );
}
