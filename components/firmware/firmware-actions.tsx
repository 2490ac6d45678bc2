"use client";

import { useMutation } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ActionMenu } from "@/components/patterns/action-menu";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { FirmwareState } from "@/server/domain/firmware/vocabulary";
import type { FirmwarePageView } from "@/server/services/firmware/get-firmware";
import { stepLabel } from "./state-steps";

const StateDialog = dynamic(() => import("./state-dialog").then((module) => module.StateDialog));

/** Where a version may go next, and what else can be done with it. */
export function FirmwareActions({ firmware }: { firmware: FirmwarePageView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [step, setStep] = useState<Exclude<FirmwareState, "draft">>();
  const [isDeleting, setDeleting] = useState(false);
  const remove = useMutation(trpc.firmware.delete.mutationOptions());
  const isDraft = firmware.state === "draft";
  return (
    <>
      {isDraft ? (
        <>
          <ActionMenu
            label={`More actions for ${firmware.version}`}
            variant="secondary"
            className="max-sm:flex-none!"
            items={[{ label: "Delete draft…", icon: <Trash2 />, tone: "danger", onSelect: () => setDeleting(true) }]}
          />
          <Button render={<Link href={`/firmware/${firmware.id}/edit`} />}>
            <Pencil aria-hidden />
            Edit
          </Button>
        </>
      ) : null}
      {[...firmware.steps].reverse().map(({ to, refusal }) =>
        to === "draft" ? null : (
          <Button
            key={to}
            variant={to === "deprecated" ? "secondary" : "primary"}
            disabled={refusal !== null}
            title={refusal ?? undefined}
            onClick={() => setStep(to)}
          >
            {stepLabel(firmware.state, to)}
            {to === "deprecated" ? "…" : ""}
          </Button>
        ),
      )}
      {step ? <StateDialog firmware={firmware} to={step} onClose={() => setStep(undefined)} /> : null}
      <ConfirmDialog
        open={isDeleting}
        onOpenChange={setDeleting}
        title={`Delete the draft ${firmware.version}?`}
        consequence="It is gone for good. Its file is removed a day later, unless another version has the same one."
        confirmLabel="Delete draft"
        tone="danger"
        onConfirm={async () => {
          await remove.mutateAsync({ id: firmware.id });
          toast.success(`Draft ${firmware.version} deleted`);
          router.push("/firmware");
        }}
      />
    </>
  );
}
