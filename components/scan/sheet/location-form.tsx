"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldDevice } from "@/server/services/scan/views";

const MAX = 200;

interface LocationFormProps {
  device: FieldDevice;
  onSave: (location: string | null) => Promise<void>;
  onCancel: () => void;
}

/** Where the device hangs, in the words of the farm. */
export function LocationForm({ device, onSave, onCancel }: LocationFormProps) {
  const [text, setText] = useState(device.location ?? "");
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    await onSave(text.trim() || null);
    setBusy(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      className="flex flex-col gap-3 rounded-card border border-line-2 p-4"
    >
      <Field label="Place" hint="For example: Parlour, stall 7">
        <Input value={text} maxLength={MAX} autoFocus enterKeyHint="done" onChange={(event) => setText(event.target.value)} />
      </Field>
      <div className="grid grid-cols-2 gap-2">
        <Button size="field" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" size="field" variant="primary" loading={busy}>
          Save place
        </Button>
      </div>
    </form>
  );
}
