"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/console/trpc";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { BulkKind } from "@/server/domain/bulk/vocabulary";
import { type BulkDraft, NO_GROUP } from "./bulk-draft";

const OVERLAPS = [
  { value: "0", label: "At once", description: "The devices are disconnected now" },
  { value: "24", label: "After 1 day" },
  { value: "168", label: "After 7 days" },
] as const;

interface BulkFieldsProps {
  kind: BulkKind;
  draft: BulkDraft;
  onChange: (change: Partial<BulkDraft>) => void;
}

/** What an action has to know. */
export function BulkFields({ kind, draft, onChange }: BulkFieldsProps) {
  switch (kind) {
    case "set_group":
      return <GroupField draft={draft} onChange={onChange} />;
    case "add_tags":
    case "remove_tags":
      return <TagsField draft={draft} onChange={onChange} />;
    case "start_maintenance":
      return (
        <Field label="Notes" optional hint="What is done to them; shown on each device.">
          <Input value={draft.text} maxLength={500} onChange={(event) => onChange({ text: event.target.value })} />
        </Field>
      );
    case "restart":
      return (
        <>
          <CheckboxField
            label="Force it"
            description="Also where cows are being milked, and gates, feeders and waterers"
            checked={draft.force}
            onCheckedChange={(force) => onChange({ force })}
          />
          <Field label="Reason" optional={!draft.force}>
            <Input value={draft.text} maxLength={300} onChange={(event) => onChange({ text: event.target.value })} />
          </Field>
        </>
      );
    case "rotate_credentials":
      return (
        <Field label="When do the old passwords end?" hint="The new ones are shown once, as a file to download.">
          <Select items={OVERLAPS} value={draft.overlapHours} onValueChange={(overlapHours) => onChange({ overlapHours })} />
        </Field>
      );
    case "decommission":
      return (
        <Field label="Reason" hint="Credentials are revoked at once. This cannot be taken back.">
          <Input value={draft.text} maxLength={300} onChange={(event) => onChange({ text: event.target.value })} />
        </Field>
      );
    case "end_maintenance":
    case "diagnostic":
      return null;
  }
}

function GroupField({ draft, onChange }: Omit<BulkFieldsProps, "kind">) {
  const trpc = useTRPC();
  const facets = useQuery(trpc.devices.facets.queryOptions());
  const items = [
    { value: NO_GROUP, label: "No group" },
    ...(facets.data?.groups ?? []).map(({ id, name, farmName }) => ({ value: id, label: name, description: farmName ?? "All farms" })),
  ];
  return (
    <Field label="Group">
      <Select items={items} value={draft.groupId || null} onValueChange={(groupId) => onChange({ groupId })} placeholder="Choose a group" />
    </Field>
  );
}

function TagsField({ draft, onChange }: Omit<BulkFieldsProps, "kind">) {
  const trpc = useTRPC();
  const tags = useQuery(trpc.tags.list.queryOptions());
  const toggle = (id: string, chosen: boolean) =>
    onChange({ tagIds: chosen ? [...draft.tagIds, id] : draft.tagIds.filter((other) => other !== id) });
  return (
    <FieldSet legend="Tags">
      {tags.data?.length === 0 ? <p className="text-ink-2">There are no tags yet. Create them under Settings, Tags.</p> : null}
      {(tags.data ?? []).map((tag) => (
        <CheckboxField
          key={tag.id}
          label={tag.name}
          checked={draft.tagIds.includes(tag.id)}
          onCheckedChange={(chosen) => toggle(tag.id, chosen)}
        />
      ))}
    </FieldSet>
  );
}
