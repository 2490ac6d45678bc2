"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import type { z } from "zod";
import { applyFieldErrors } from "@/components/console/apply-field-errors";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { CopyField } from "@/components/patterns/copy-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CheckboxField } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { FARM_ROLE_FACTS, FARM_ROLES } from "@/server/domain/people/policy";
import { invitePersonSchema } from "@/server/domain/people/schema";
import type { InvitationLink } from "@/server/services/people/invite-person";

const FIELDS = ["name", "email", "role", "farmIds"] as const;
const ROLE_ITEMS = FARM_ROLES.map((value) => ({ value, label: FARM_ROLE_FACTS[value].label, description: FARM_ROLE_FACTS[value].meaning }));

/** Invites somebody; the link is shown once, to pass on. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [link, setLink] = useState<InvitationLink>();
  const invite = useMutation(
    trpc.people.invite.mutationOptions({ onSuccess: () => void queries.invalidateQueries({ queryKey: trpc.people.pathKey() }) }),
  );
  return (
    // A tap beside the dialog must not take away what is shown only once.
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} disablePointerDismissal={Boolean(link)}>
      <DialogContent title={link ? "Invitation is ready" : "Invite a person"}>
        {link ? (
          <>
            <DialogBody className="flex flex-col gap-4">
              <p className="text-ink-2">
                {link.mailed
                  ? "It was sent by e-mail. You can also pass the link on yourself."
                  : "Pass this link on. It works once, for seven days, and is not shown again."}
              </p>
              <CopyField label="Invitation link" value={link.link} />
            </DialogBody>
            <DialogFooter>
              <DialogClose render={<Button size="lg" variant="primary" />}>Done</DialogClose>
            </DialogFooter>
          </>
        ) : (
          <InviteForm invite={invite.mutateAsync} onInvited={setLink} />
        )}
      </DialogContent>
    </Dialog>
  );
}

interface InviteFormProps {
  invite: (input: z.output<typeof invitePersonSchema>) => Promise<InvitationLink>;
  onInvited: (link: InvitationLink) => void;
}

function InviteForm({ invite, onInvited }: InviteFormProps) {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const [failure, setFailure] = useState<string>();
  const { register, control, handleSubmit, watch, setError, formState } = useForm<
    z.input<typeof invitePersonSchema>,
    unknown,
    z.output<typeof invitePersonSchema>
  >({
    resolver: zodResolver(invitePersonSchema),
    defaultValues: { name: "", email: "", isAdmin: false, role: "field_staff", farmIds: [] },
  });
  const { errors } = formState;
  const isAdmin = watch("isAdmin");
  const submit = handleSubmit(async (input) => {
    setFailure(undefined);
    try {
      onInvited(await invite(input));
    } catch (error) {
      setFailure(applyFieldErrors(error as ApiError, setError, FIELDS));
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
      <DialogBody className="flex flex-col gap-4">
        {failure ? (
          <Callout tone="critical" live>
            {failure}
          </Callout>
        ) : null}
        <Field label="Name" error={errors.name?.message}>
          <Input autoComplete="off" {...register("name")} />
        </Field>
        <Field label="E-mail" error={errors.email?.message}>
          <Input type="email" autoComplete="off" {...register("email")} />
        </Field>
        <Controller
          control={control}
          name="isAdmin"
          render={({ field }) => (
            <CheckboxField
              label="Admin"
              description="Everything, on every farm, people included"
              checked={field.value ?? false}
              onCheckedChange={field.onChange}
            />
          )}
        />
        {isAdmin ? null : (
          <>
            <Field label="Role" error={errors.role?.message}>
              <Controller
                control={control}
                name="role"
                render={({ field }) => (
                  <Select items={ROLE_ITEMS} value={field.value ?? null} onValueChange={field.onChange} ref={field.ref} />
                )}
              />
            </Field>
            <Controller
              control={control}
              name="farmIds"
              render={({ field }) => (
                <FieldSet legend="Farms" error={errors.farmIds?.message}>
                  {(farms.data ?? []).map((farm) => (
                    <CheckboxField
                      key={farm.id}
                      label={farm.name}
                      checked={(field.value ?? []).includes(farm.id)}
                      onCheckedChange={(checked) =>
                        field.onChange(checked ? [...(field.value ?? []), farm.id] : (field.value ?? []).filter((id) => id !== farm.id))
                      }
                    />
                  ))}
                </FieldSet>
              )}
            />
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
        <Button type="submit" variant="primary" size="lg" loading={formState.isSubmitting}>
          Create invitation
        </Button>
      </DialogFooter>
    </form>
  );
}
