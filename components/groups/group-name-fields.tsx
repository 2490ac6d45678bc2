"use client";

import { useEffect } from "react";
import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { proposeGroupCode } from "@/server/domain/groups/policy";
import type { FarmView } from "@/server/services/farms/views";
import type { GroupFormInput } from "./group-dialog";

/** Name and code. A new group's code follows its name and farm until somebody types one. */
export function GroupNameFields({ isNew, farms }: { isNew: boolean; farms: readonly FarmView[] }) {
  const { register, setValue, watch, formState } = useFormContext<GroupFormInput>();
  const { errors, dirtyFields } = formState;
  const farmId = watch("farmId");
  const proposal = proposeGroupCode(watch("name"), farms.find((farm) => farm.id === farmId)?.code);
  const follows = isNew && !dirtyFields.code;
  useEffect(() => {
    if (follows) setValue("code", proposal);
  }, [follows, proposal, setValue]);
  return (
    <>
      <Field label="Name" error={errors.name?.message}>
        <Input autoFocus autoComplete="off" placeholder="Parlour, left side" {...register("name")} />
      </Field>
      <Field label="Code" error={errors.code?.message}>
        <Input mono autoComplete="off" autoCapitalize="characters" spellCheck={false} placeholder="NORD-PARLOUR-L" {...register("code")} />
      </Field>
    </>
  );
}
