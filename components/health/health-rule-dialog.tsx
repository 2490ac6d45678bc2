"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { type RuleScope, thresholdRuleSchema } from "@/server/domain/health/schema";
import { THRESHOLD_KEYS } from "@/server/domain/health/thresholds";
import type { HealthRulesView } from "@/server/services/health/get-health-rules";
import { sourceLabel, THRESHOLD_LABELS, THRESHOLD_UNITS } from "./threshold-facts";

interface HealthRuleDialogProps {
  scope: RuleScope;
  rules: HealthRulesView;
  onClose: () => void;
}

/** An empty field leaves its value to the level above. */
const emptyAsNull = (value: unknown) => (value === "" || value === null || value === undefined ? null : Number(value));

/** One level's own thresholds; what is left empty is inherited, and says what that would be. */
export function HealthRuleDialog({ scope, rules, onClose }: HealthRuleDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const save = useMutation(trpc.health.setRule.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const { register, handleSubmit, setError, formState } = useForm<
    z.input<typeof thresholdRuleSchema>,
    unknown,
    z.output<typeof thresholdRuleSchema>
  >({ resolver: zodResolver(thresholdRuleSchema), defaultValues: rules.own });
  const submit = handleSubmit(async (rule) => {
    setFailure(undefined);
    try {
      const { devices } = await save.mutateAsync({ scope, rule, version: rules.version });
      toast.success(devices === 1 ? "Saved; one device is judged anew" : `Saved; ${devices.toLocaleString("en")} devices are judged anew`);
      await queries.invalidateQueries({ queryKey: trpc.health.rules.pathKey() });
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(withoutPrefix(error as ApiError), setError, THRESHOLD_KEYS));
    }
  });
  return (
    <FormDialog
      title={titleOf(scope)}
      description="Leave a field empty to go by the rule above it."
      failure={failure}
      submitLabel="Save"
      isSubmitting={formState.isSubmitting}
      onSubmit={submit}
      onClose={onClose}
      fieldsClassName="grid content-start gap-4 sm:grid-cols-2"
    >
      {THRESHOLD_KEYS.map((key) => {
        const { value, from } = rules.inherited[key];
        return (
          <Field
            key={key}
            label={THRESHOLD_LABELS[key]}
            error={formState.errors[key]?.message}
            hint={`${String(value).replace("-", "\u2212")} ${THRESHOLD_UNITS[key]} if empty (${sourceLabel(from)})`}
          >
            <Input
              type="number"
              inputMode={key === "weakSignalThreshold" ? "text" : "numeric"}
              end={THRESHOLD_UNITS[key]}
              placeholder={String(value)}
              {...register(key, { setValueAs: emptyAsNull })}
            />
          </Field>
        );
      })}
    </FormDialog>
  );
}

/** The server names fields of the rule `rule.highErrors`. */
function withoutPrefix(error: ApiError): ApiError {
  const fields = Object.fromEntries(Object.entries(error.data?.fields ?? {}).map(([key, text]) => [key.replace(/^rule\./, ""), text]));
  return { message: error.message, data: { ...error.data, fields } } as ApiError;
}

function titleOf(scope: RuleScope): string {
  if (scope.level === "device") return `Health rules of ${scope.deviceId}`;
  if (scope.level === "type") return `Health rules of all ${DEVICE_TYPE_FACTS[scope.deviceType].plural.toLowerCase()}`;
  return "Health rules of the group";
}
