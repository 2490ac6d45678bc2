"use client";

import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsInteger, parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { FormProvider, type Path, useForm } from "react-hook-form";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { lazyResolver } from "@/components/console/lazy-resolver";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { BackLink } from "@/components/patterns/back-link";
import { PageHeader } from "@/components/patterns/page-header";
import { clearDraft } from "@/components/patterns/session-draft";
import { WizardFrame } from "@/components/patterns/wizard-frame";
import type { IssuedCredentials } from "@/server/services/provisioning/credentials-view";
import { DraftButton } from "./draft-button";
import { TypeStep } from "./type-step";
import { useDraft } from "./use-draft";
import { useRewardEarly } from "./use-reward-early";
import { DRAFT_KEY, EMPTY_DRAFT, newRequestKey } from "./wizard-draft";
import { type DeviceFormInput, type DeviceFormOutput, REVIEW_STEP, stepOfField, WIZARD_STEPS } from "./wizard-steps";

const resolver = lazyResolver(async () => (await import("@/server/domain/devices/schema")).deviceInputSchema);
const LATER_STEPS = {
  information: () => import("./information-step"),
  hardware: () => import("./hardware-step"),
  review: () => import("./review-step"),
  created: () => import("./device-created"),
};
const InformationStep = dynamic(() => LATER_STEPS.information().then((module) => module.InformationStep));
const HardwareStep = dynamic(() => LATER_STEPS.hardware().then((module) => module.HardwareStep));
const ReviewStep = dynamic(() => LATER_STEPS.review().then((module) => module.ReviewStep));
const DeviceCreated = dynamic(() => LATER_STEPS.created().then((module) => module.DeviceCreated));
/** How the device came here: the scanner fills the form in. */
const WAYS = ["manual", "qr_code", "nfc"] as const;
const ALL_FIELDS = WIZARD_STEPS.flatMap((step) => step.fields);

interface Created {
  device: DeviceFormOutput;
  credentials: IssuedCredentials;
}

/** From a device type to a connected device in about a minute (specification Task 3.1). */
export function DeviceWizard({ defaultFarmId }: { defaultFarmId: string }) {
  const trpc = useTRPC();
  const provision = useMutation(trpc.devices.provision.mutationOptions());
  const [wantedStep, setStep] = useQueryState("step", parseAsInteger.withDefault(1).withOptions({ history: "push" }));
  const [provisioningMethod] = useQueryState("via", parseAsStringLiteral(WAYS).withDefault("manual"));
  const [created, setCreated] = useState<Created>();
  const [failure, setFailure] = useState<string>();
  const refused = useRef<Path<DeviceFormInput>>(undefined);
  const sent = useRef<{ content: string; key: string }>(undefined);
  const form = useForm<DeviceFormInput, unknown, DeviceFormOutput>({
    resolver,
    defaultValues: { ...EMPTY_DRAFT, farmId: defaultFarmId } as DeviceFormInput,
  });
  const { reset, watch, trigger, setError, setFocus, handleSubmit, getValues } = form;
  useDraft(form, defaultFarmId);
  useRewardEarly(form);

  const type = watch("type");
  // Nobody gets past the first step without a type, whatever the address says.
  const step = type ? Math.min(Math.max(1, wantedStep), WIZARD_STEPS.length) - 1 : 0;
  const goTo = (index: number) => void setStep(index + 1);
  useEffect(() => {
    // Now, while there is a connection: the credentials must be shown even if it breaks meanwhile.
    if (type) for (const load of Object.values(LATER_STEPS)) void load().catch(() => undefined);
  }, [type]);
  useEffect(() => {
    if (refused.current) setFocus(refused.current);
    refused.current = undefined;
  }, [step, setFocus]);

  const next = async () => {
    if (await trigger(WIZARD_STEPS[step]?.fields ?? [], { shouldFocus: true })) goTo(step + 1);
  };
  const create = handleSubmit(
    async (device) => {
      setFailure(undefined);
      // The same content sent again (double click, lost answer) is the same request; changed content is a new one.
      const content = JSON.stringify(device);
      if (sent.current?.content !== content) sent.current = { content, key: newRequestKey() };
      try {
        const credentials = await provision.mutateAsync({ ...device, provisioningMethod, requestKey: sent.current.key });
        clearDraft(DRAFT_KEY);
        setCreated({ device, credentials });
      } catch (error) {
        const apiError = error as ApiError;
        setFailure(applyFieldErrors(apiError, setError, ALL_FIELDS));
        refused.current = ALL_FIELDS.find((name) => name in (apiError.data?.fields ?? {}));
        if (refused.current) goTo(stepOfField(refused.current));
      }
    },
    (errors) => goTo(stepOfField(Object.keys(errors)[0] ?? "")),
  );
  const another = () => {
    const { farmId, manufacturer, model, powerSource, connectionType, location, groupId } = getValues();
    sent.current = undefined;
    reset({ ...EMPTY_DRAFT, type, farmId, manufacturer, model, powerSource, connectionType, location, groupId });
    setCreated(undefined);
    goTo(1);
  };

  if (created) return <DeviceCreated device={created.device} credentials={created.credentials} onAnother={another} />;
  return (
    <div className="mx-auto max-w-[50.5rem] lg:mx-0">
      <PageHeader
        title="Add a device"
        subtitle="Takes about a minute. The device connects with credentials you see once, at the end."
        back={<BackLink href="/devices">Devices</BackLink>}
      />
      <FormProvider {...form}>
        <WizardFrame
          steps={WIZARD_STEPS}
          step={step}
          onStepSelect={goTo}
          onContinue={() => void next()}
          onCreate={() => void create()}
          createLabel="Create device"
          isCreating={provision.isPending}
          failure={failure}
          after={step === REVIEW_STEP ? <DraftButton /> : null}
        >
          {step === 0 ? <TypeStep onChosen={() => goTo(1)} /> : null}
          {step === 1 ? <InformationStep /> : null}
          {step === 2 ? <HardwareStep /> : null}
          {step === REVIEW_STEP ? <ReviewStep onEdit={goTo} /> : null}
        </WizardFrame>
      </FormProvider>
    </div>
  );
}
