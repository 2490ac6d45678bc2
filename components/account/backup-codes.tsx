import { CopyButton } from "@/components/patterns/copy-button";
import { DownloadButton } from "@/components/patterns/download-button";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";

/** Ten ways in without the phone: the only time they are seen. */
export function BackupCodes({ codes, title, onClose }: { codes: readonly string[]; title: string; onClose: () => void }) {
  const text = codes.join("\n");
  return (
    // A tap beside the dialog must not take away what is shown only once.
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} disablePointerDismissal>
      <DialogContent title={title}>
        <DialogBody className="flex flex-col gap-4">
          <Callout
            tone="warning"
            title="They will not be shown again"
            action={
              <span className="flex flex-wrap gap-2">
                <CopyButton text={text} label="Copy codes" size="md" />
                <DownloadButton
                  fileName="smart-dairy-backup-codes.txt"
                  content={() => `Backup codes for Smart Dairy, each for one sign-in\n\n${text}\n`}
                >
                  Download
                </DownloadButton>
              </span>
            }
          >
            Each lets you in once when your phone is not at hand. Keep them apart from it.
          </Callout>
          <ol aria-label="Backup codes" className="grid grid-cols-2 gap-x-6 gap-y-2 rounded-control bg-sunken p-4 font-mono text-lg">
            {codes.map((code) => (
              <li key={code} className="text-center tracking-tight select-all">
                {code}
              </li>
            ))}
          </ol>
        </DialogBody>
        <DialogFooter>
          <DialogClose render={<Button size="lg" variant="primary" />}>I have kept them</DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
