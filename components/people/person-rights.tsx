"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CheckboxField } from "@/components/ui/checkbox";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { FARM_ROLE_FACTS, FARM_ROLES, type FarmRole } from "@/server/domain/people/policy";
import type { PersonView } from "@/server/services/people/list-people";

const NO_ACCESS = { value: "none" as const, label: "No access" };
const ROLE_ITEMS = [NO_ACCESS, ...FARM_ROLES.map((value) => ({ value, label: FARM_ROLE_FACTS[value].label }))];

/** What one person may do: a role on each farm, or everything; or nothing any more. */
export function PersonRights({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const [isAdmin, setIsAdmin] = useState(person.isAdmin);
  const [disabled, setDisabled] = useState(person.disabledAt !== null);
  const [roles, setRoles] = useState(() => new Map<string, FarmRole>(person.memberships.map(({ farmId, role }) => [farmId, role])));
  const update = useMutation(
    trpc.people.update.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.people.pathKey() });
        toast.success("Saved");
        onClose();
      },
    }),
  );
  const setRole = (farmId: string, role: FarmRole | "none") => {
    const next = new Map(roles);
    if (role === "none") next.delete(farmId);
    else next.set(farmId, role);
    setRoles(next);
  };
  const save = () =>
    update.mutate({ id: person.id, isAdmin, disabled, memberships: [...roles].map(([farmId, role]) => ({ farmId, role })) });
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        {update.error ? (
          <Callout tone="critical" live>
            {update.error.message}
          </Callout>
        ) : null}
        <CheckboxField
          label="Admin"
          description="Everything, on every farm, people included"
          checked={isAdmin}
          onCheckedChange={setIsAdmin}
        />
        {isAdmin
          ? null
          : (farms.data ?? []).map((farm) => (
              <Field key={farm.id} label={farm.name}>
                <Select items={ROLE_ITEMS} value={roles.get(farm.id) ?? "none"} onValueChange={(role) => setRole(farm.id, role)} />
              </Field>
            ))}
        <CheckboxField
          label="Disabled"
          description="Signed out everywhere at once; cannot sign in"
          checked={disabled}
          onCheckedChange={setDisabled}
        />
      </DialogBody>
      <DialogFooter>
        <DialogClose render={<Button size="lg" />}>Cancel</DialogClose>
        <Button variant="primary" size="lg" loading={update.isPending} onClick={save}>
          Save
        </Button>
      </DialogFooter>
    </>
  );
}
