"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ColorDot } from "@/components/patterns/color-dot";
import { FormDialog } from "@/components/patterns/form-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { mayPrecede, placementRefusal } from "@/server/domain/groups/policy";
import { nodesById } from "@/server/domain/groups/tree";
import type { GroupView } from "@/server/services/groups/read-groups";

const TOP = "top";
const LAST = "last";

/** Moving without dragging: for keyboards, fingers and long trees. Offers only places that are allowed. */
export function MoveGroupDialog({ group, onDone, onClose }: { group: GroupView; onDone: () => Promise<void>; onClose: () => void }) {
  const trpc = useTRPC();
  const groups = useQuery(trpc.groups.list.queryOptions({ archived: true }));
  const all = groups.data ?? [];
  const nodes = nodesById(all);
  const neighboursAt = (place: string | null) => all.filter((other) => mayPrecede(group, place, other));
  const [parentId, setParentId] = useState(group.parentId);
  const [chosenBefore, setChosenBefore] = useState<string>();
  const neighbours = neighboursAt(parentId);
  const unchanged = parentId === group.parentId ? neighbours.find((other) => other.sequence > group.sequence)?.id : undefined;
  const before = chosenBefore ?? unchanged ?? LAST;
  const move = useMutation(
    trpc.groups.move.mutationOptions({
      onSuccess: async () => {
        toast.success(`${group.name} is moved`);
        await onDone();
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move.mutate({ id: group.id, parentId, beforeId: before === LAST ? null : before });
  };
  const fields = move.error?.data?.fields;
  const parents = all.filter((other) => placementRefusal(nodes, group, other.id) === undefined);
  return (
    <FormDialog
      title={`Move ${group.name}`}
      description="Its sub-groups and devices come along."
      failure={move.error && !fields?.parentId && !fields?.beforeId ? move.error.message : undefined}
      submitLabel="Move"
      isSubmitting={move.isPending}
      isDisabled={!groups.data}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Into" error={fields?.parentId}>
        <Select
          items={[
            { value: TOP, label: "Top level" },
            ...parents.map((other) => ({
              value: other.id,
              label: other.path.join(" › "),
              description: other.farmName ?? "All farms",
              icon: <ColorDot color={other.color} />,
            })),
          ]}
          value={parentId ?? TOP}
          onValueChange={(value) => {
            setParentId(value === TOP ? null : value);
            setChosenBefore(undefined);
          }}
        />
      </Field>
      <Field label="Position" error={fields?.beforeId}>
        <Select
          items={[...neighbours.map((other) => ({ value: other.id, label: `Before ${other.name}` })), { value: LAST, label: "Last" }]}
          value={before}
          onValueChange={setChosenBefore}
        />
      </Field>
    </FormDialog>
  );
}
