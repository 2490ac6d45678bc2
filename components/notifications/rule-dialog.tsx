"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { notificationRuleSchema } from "@/server/domain/notifications/schema";
import { RuleHowFields } from "./rule-how-fields";
import type { RuleDraft } from "./rule-presets";
import { RuleWhatFields } from "./rule-what-fields";
import { RuleWhenFields } from "./rule-when-fields";

export type RuleFormInput = z.input<typeof notificationRuleSchema>;
type RuleFormOutput = z.output<typeof notificationRuleSchema>;

interface RuleDialogProps {
  draft: RuleDraft;
  canSendMail: boolean;
  onClose: () => void;
}

const FIELDS = Object.keys(notificationRuleSchema.shape) as (keyof RuleFormInput)[];

/** What one rule tells, how and when. */
export function RuleDialog({ draft, canSendMail, onClose }: RuleDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const save = useMutation(trpc.notifications.saveRule.mutationOptions());
  const [failure, setFailure] = useState<string>();
  const { id, version, ...rule } = draft;
  const form = useForm<RuleFormInput, unknown, RuleFormOutput>({
    resolver: zodResolver(notificationRuleSchema),
    defaultValues: { ...rule, timeZone: rule.timeZone || Intl.DateTimeFormat().resolvedOptions().timeZone },
  });
  const submit = form.handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      await save.mutateAsync({ id, version, rule: input });
      await queries.invalidateQueries({ queryKey: trpc.notifications.rules.queryKey() });
      toast.success(input.enabled ? "Saved; it speaks of alerts from now on" : "Saved; the rule is off");
      onClose();
    } catch (error) {
      setFailure(applyFieldErrors(withoutPrefix(error as ApiError), form.setError, FIELDS));
    }
  });
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={id ? "Change rule" : "New rule"} description="Every person has rules of their own.">
        <FormProvider {...form}>
          <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
            <DialogBody className="flex flex-col gap-5">
              {failure ? (
                <Callout tone="critical" live>
                  {failure}
                </Callout>
              ) : null}
              <RuleWhatFields />
              <RuleHowFields canSendMail={canSendMail} />
              <RuleWhenFields />
            </DialogBody>
            <DialogFooter>
              <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
              <Button type="submit" variant="primary" size="lg" loading={form.formState.isSubmitting}>
                Save
              </Button>
            </DialogFooter>
          </form>
        </FormProvider>
      </DialogContent>
    </Dialog>
  );
}

/** The server names fields of the rule `rule.name`. */
function withoutPrefix(error: ApiError): ApiError {
  const fields = Object.fromEntries(Object.entries(error.data?.fields ?? {}).map(([key, text]) => [key.replace(/^rule\./, ""), text]));
  return { message: error.message, data: { ...error.data, fields } } as ApiError;
}
