"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, Plus } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ColorDot } from "@/components/patterns/color-dot";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { COLOR_NAMES } from "@/server/domain/color";
import { createTagSchema } from "@/server/domain/tags/schema";
import type { TagView } from "@/server/services/tags/list-tags";

interface TagFieldProps {
  value: readonly string[];
  onValueChange: (tagIds: string[]) => void;
  error?: string;
}

/** The tags of a device: tick those that fit, or type a new one. */
export function TagField({ value, onValueChange, error }: TagFieldProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tags = useQuery(trpc.tags.list.queryOptions());
  const [typed, setTyped] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const known = tags.data ?? [];
  const wanted = typed.trim().toLowerCase();
  const shown = known.filter((tag) => tag.name.toLowerCase().includes(wanted));
  const exact = known.find((tag) => tag.name.toLowerCase() === wanted);
  const toggle = (id: string) => onValueChange(value.includes(id) ? value.filter((other) => other !== id) : [...value, id]);
  const create = useMutation(
    trpc.tags.create.mutationOptions({
      onSuccess: (tag) => {
        queries.setQueryData(trpc.tags.list.queryKey(), (old: TagView[] | undefined) => [...(old ?? []), tag]);
        onValueChange([...value, tag.id]);
        setTyped("");
      },
      onError: (failure: ApiError) => setRefusal(failure.message),
    }),
  );
  const add = () => {
    setRefusal(undefined);
    if (exact) {
      if (!value.includes(exact.id)) toggle(exact.id);
      setTyped("");
      return;
    }
    const tag = createTagSchema.safeParse({ name: typed, color: (known.length + 1) % COLOR_NAMES.length });
    if (tag.success) create.mutate(tag.data);
    else setRefusal(tag.error.issues[0]?.message);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    // Enter adds the tag; the form is saved by its button.
    event.preventDefault();
    if (wanted) add();
  };
  return (
    <FieldSet legend="Tags" error={error ?? refusal} className="sm:col-span-2">
      <div className="flex items-center gap-2">
        <Input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          aria-label="Find or add a tag"
          placeholder="Find or add a tag"
          autoComplete="off"
          enterKeyHint="done"
        />
        {wanted && !exact ? (
          <Button onClick={add} loading={create.isPending}>
            <Plus aria-hidden />
            Add
          </Button>
        ) : null}
      </div>
      <div className="flex max-h-36 flex-wrap gap-1.5 overflow-y-auto p-0.5">
        {shown.map((tag) => (
          <TagToggle key={tag.id} tag={tag} pressed={value.includes(tag.id)} onToggle={() => toggle(tag.id)} />
        ))}
        {tags.data && shown.length === 0 ? (
          <p className="text-sm text-ink-3">{wanted ? "No such tag yet." : "No tags yet: type the first one."}</p>
        ) : null}
      </div>
    </FieldSet>
  );
}

function TagToggle({ tag, pressed, onToggle }: { tag: TagView; pressed: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onToggle}
      className={cn(
        "inline-flex h-7.5 max-w-full items-center gap-1.5 rounded-full border px-3 text-sm pointer-coarse:h-11 pointer-coarse:px-4 [&_svg]:size-3.5",
        pressed ? "border-transparent bg-accent-soft font-medium text-accent" : "border-line-3/70 bg-panel text-ink-2 hover:border-line-3",
      )}
    >
      {pressed ? <Check aria-hidden /> : <ColorDot color={tag.color} className="size-2" />}
      <span className="truncate">{tag.name}</span>
    </button>
  );
}
