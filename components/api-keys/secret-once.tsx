import { CopyField } from "@/components/patterns/copy-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";

/** A secret that is shown once, in a dialog. */
export function SecretOnce({ secret }: { secret: string }) {
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <Callout tone="warning" title="Copy it now">
          It is not kept and cannot be shown again. Whoever has it can do what the key may do.
        </Callout>
        <CopyField label="API key" value={secret} wrap />
        <p className="text-sm text-ink-2">
          Programs send it with every request, as <code className="font-mono">Authorization: Bearer sdk_…</code>
        </p>
      </DialogBody>
      <DialogFooter>
        <DialogClose render={<Button size="lg" variant="primary" />}>Done</DialogClose>
      </DialogFooter>
    </>
  );
}
