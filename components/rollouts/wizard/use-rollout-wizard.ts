import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { lazyResolver } from "@/components/console/lazy-resolver";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { useRequestKey } from "@/components/provisioning/use-request-key";
import { toast } from "@/components/ui/toast";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { presetStages } from "@/server/domain/rollouts/presets";
import type { RolloutPolicy } from "@/server/domain/rollouts/schema";
import { blockersOf } from "./preflight-blockers";
import { FORM_FIELDS, type RolloutFormInput, type RolloutFormOutput } from "./rollout-form";
import { clearRolloutDraft } from "./rollout-draft";
import { matchingPreset, suggestPreset } from "./stage-presets";
import { useAim } from "./use-aim";
import { useRolloutDraft } from "./use-rollout-draft";
import { STEP, stepOfField } from "./wizard-steps";

const resolver = lazyResolver(async () => {
  const { createRolloutSchema } = await import("@/server/domain/rollouts/schema");
  return createRolloutSchema.pick({ stages: true, policy: true, name: true, scheduledAt: true });
});

/** The wizard's state and its ways forward, back and out. What was previewed is what is created. */
export function useRolloutWizard(policy: RolloutPolicy) {
  const trpc = useTRPC();
  const router = useRouter();
  const aim = useAim();
  const [failure, setFailure] = useState<string>();
  const [isAimTried, setAimTried] = useState(false);
  /** The plan that somebody has looked at and gone on from. */
  const [seenHash, setSeenHash] = useState<string>();
  const keyOf = useRequestKey();
  const [defaults] = useState<RolloutFormInput>(() => ({ stages: presetStages("farm"), policy, name: "", scheduledAt: null }));
  const form = useForm<RolloutFormInput, unknown, RolloutFormOutput>({ resolver, defaultValues: defaults });
  const { trigger, setValue, getValues, setError, watch, handleSubmit } = form;
  // Read here, or nobody keeps account of them.
  const { stages: changedStages, name: touchedName } = form.formState.dirtyFields;
  const [hasChosenStages, setChosenStages] = useState(false);
  const hasStages = hasChosenStages || changedStages !== undefined;
  const { isRestored, forget } = useRolloutDraft({ form, defaults, aim, hasStages, onStagesRestored: () => setChosenStages(true) });
  const create = useMutation(trpc.rollouts.create.mutationOptions());

  const firmware = aim.firmware.data;
  const reachable =
    !aim.state.firmware || aim.firmware.isError ? STEP.firmware : aim.error ? STEP.devices : seenHash ? STEP.start : STEP.preflight;
  const step = Math.min(Math.max(0, aim.state.step - 1), reachable);
  const [stages, rules] = watch(["stages", "policy"]);
  const plan = { firmwareId: aim.state.firmware ?? "", filter: aim.filter, except: aim.except, stages, policy: rules };
  const preflight = useQuery({
    ...trpc.rollouts.preflight.queryOptions(plan),
    enabled: isRestored && step >= STEP.preflight,
    // Drawn anew each time somebody comes to it, and never under their eyes.
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnReconnect: false,
  });
  const blockers = preflight.data ? blockersOf(preflight.data) : [];

  useEffect(() => {
    if (firmware && !touchedName) setValue("name", `${DEVICE_TYPE_FACTS[firmware.deviceType].plural} to ${firmware.version}`);
  }, [firmware, touchedName, setValue]);

  const matches = aim.matches?.data?.total;
  useEffect(() => {
    if (!isRestored || hasStages || matches === undefined) return;
    const suggested = suggestPreset(matches);
    if (matchingPreset(getValues("stages")) !== suggested) setValue("stages", presetStages(suggested));
  }, [isRestored, hasStages, matches, getValues, setValue]);

  const goTo = (index: number) => {
    setFailure(undefined);
    void aim.setState({ step: index + 1 }, { history: "push" });
  };
  const next = async () => {
    setAimTried(true);
    if (step === STEP.firmware && !firmware) return;
    if (step === STEP.devices && aim.error) return;
    if (step === STEP.stages && !(await trigger("stages", { shouldFocus: true }))) return;
    if (step === STEP.rules && !(await trigger("policy", { shouldFocus: true }))) return;
    if (step === STEP.preflight) {
      if (!preflight.data || blockers.length > 0 || preflight.isFetching) return;
      setSeenHash(preflight.data.planHash);
    }
    goTo(step + 1);
  };
  /** To where a refusal can be mended, with the sentence at its field or above the step. */
  const mend = (error: ApiError) => {
    const [field] = Object.keys(error.data?.fields ?? {});
    if (field) goTo(stepOfField(field));
    setFailure(applyFieldErrors(error, setError, FORM_FIELDS));
  };
  const submit = handleSubmit(
    async (values) => {
      setFailure(undefined);
      const input = { ...plan, ...values, planHash: seenHash ?? "" };
      try {
        const { id } = await create.mutateAsync({ ...input, requestKey: keyOf(input) });
        clearRolloutDraft();
        toast.success(values.scheduledAt ? "The rollout is scheduled" : "The rollout begins");
        router.push(`/rollouts/${id}`);
      } catch (error) {
        const refused = error as ApiError;
        if (refused.data?.fields.planHash) {
          setSeenHash(undefined);
          void preflight.refetch();
        }
        mend(refused);
      }
    },
    (errors) => goTo(stepOfField(Object.keys(errors)[0] ?? "")),
  );
  const startAfresh = () => {
    forget();
    setChosenStages(false);
    setAimTried(false);
    setSeenHash(undefined);
    setFailure(undefined);
  };
  /** Takes stages away that nobody falls into. */
  const dropEmptyStages = () => {
    const counts = preflight.data?.stages.map(({ count }) => count) ?? [];
    setValue(
      "stages",
      stages.filter((_, index) => counts[index] !== 0),
      { shouldDirty: true },
    );
  };
  return {
    form,
    aim,
    firmware,
    step,
    goTo,
    next,
    mend,
    submit,
    failure,
    isAimTried,
    preflight,
    blockers,
    dropEmptyStages,
    startAfresh,
    chooseStages: () => setChosenStages(true),
    isCreating: create.isPending || create.isSuccess,
  };
}

export type RolloutWizardState = ReturnType<typeof useRolloutWizard>;
