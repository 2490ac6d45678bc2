"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { amountOf } from "@/components/patterns/format-count";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import { progressOf } from "./rollout-progress";
import { type RolloutStep, STEP_FACTS, stepsOf } from "./rollout-steps";

const MAIN: readonly RolloutStep[] = ["resume", "approve"];

/** What can be done with a rollout as it stands; each says first what it leads to, and for how many. */
export function RolloutActions({ rollout }: { rollout: RolloutPageView }) {
  const [step, setStep] = useState<RolloutStep>();
  // Stays while the dialog closes.
  const [shown, setShown] = useState<RolloutStep>("pause");
  const steer = useSteering(rollout);
  const facts = STEP_FACTS[shown];
  return (
    <>
      {stepsOf(rollout).map((one) => (
        <Button
          key={one}
          variant={MAIN.includes(one) ? "primary" : "secondary"}
          onClick={() => {
            setShown(one);
            setStep(one);
          }}
        >
          {STEP_FACTS[one].label}…
        </Button>
      ))}
      <ConfirmDialog
        open={step !== undefined}
        onOpenChange={(isOpen) => !isOpen && setStep(undefined)}
        title={facts.title(rollout)}
        consequence={facts.consequence(progressOf(rollout.counts), rollout)}
        confirmLabel={facts.label}
        cancelLabel={shown === "cancel" ? "Keep it" : "Cancel"}
        tone={facts.tone}
        noteLabel="Why"
        onConfirm={(reason) => steer(shown, reason)}
        describeFailure={(error) => (error as ApiError).message}
      />
    </>
  );
}

/** Tells a rollout something, guarded by the version that was looked at. */
function useSteering({ id, version }: RolloutPageView) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const refresh = { onSettled: () => queries.invalidateQueries({ queryKey: trpc.rollouts.get.queryKey({ id }) }) };
  const pause = useMutation(trpc.rollouts.pause.mutationOptions(refresh));
  const resume = useMutation(trpc.rollouts.resume.mutationOptions(refresh));
  const cancel = useMutation(trpc.rollouts.cancel.mutationOptions(refresh));
  const approve = useMutation(trpc.rollouts.approve.mutationOptions(refresh));
  const retry = useMutation(trpc.rollouts.retry.mutationOptions(refresh));
  const rollBack = useMutation(trpc.rollouts.rollBack.mutationOptions(refresh));
  const plain = { pause, resume, cancel, approve, retry };
  return async (step: RolloutStep, reason: string) => {
    const input = { id, version, reason };
    if (step !== "rollBack") {
      await plain[step].mutateAsync(input);
      toast.success(STEP_FACTS[step].done);
      return;
    }
    const { id: rollbackId, devices, stranded } = await rollBack.mutateAsync(input);
    toast.success(
      `${amountOf(devices, "device")} on the way back${stranded > 0 ? `; ${amountOf(stranded, "device")} cannot be: what they ran is not kept here` : ""}`,
    );
    router.push(`/rollouts/${rollbackId}`);
  };
}
