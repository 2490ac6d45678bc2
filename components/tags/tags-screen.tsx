"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Merge, Pencil, Plus, Tag, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { type ApiError, useTRPC } from "@/components/console/trpc";
import { ActionMenu, type ActionItem } from "@/components/patterns/action-menu";
import { ColorDot } from "@/components/patterns/color-dot";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { PageHeader } from "@/components/patterns/page-header";
import { amountOf } from "@/components/patterns/format-count";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { TagView } from "@/server/services/tags/list-tags";

const TagDialog = dynamic(() => import("./tag-dialog").then((module) => module.TagDialog));
const MergeTagDialog = dynamic(() => import("./merge-tag-dialog").then((module) => module.MergeTagDialog));

type Opened = { kind: "add" } | { kind: "edit" | "merge" | "delete"; tag: TagView };

/** Words that stand on devices of every farm. */
export function TagsScreen() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { viewer } = useConsole();
  const tags = useQuery(trpc.tags.list.queryOptions());
  const [opened, setOpened] = useState<Opened>();
  const refresh = () => void queries.invalidateQueries({ queryKey: trpc.tags.pathKey() });
  const remove = useMutation(trpc.tags.delete.mutationOptions({ onError: (error: ApiError) => toast.error(error.message) }));
  const close = () => setOpened(undefined);
  const add = viewer.canProvision ? (
    <Button variant="primary" onClick={() => setOpened({ kind: "add" })}>
      <Plus aria-hidden />
      Add tag
    </Button>
  ) : null;
  return (
    <div className="max-w-3xl">
      <PageHeader title="Tags" subtitle="Words on devices of any farm. Admins rename, merge and delete them." actions={add} />
      <Card className="mt-5">
        {tags.isError ? (
          <ErrorState onRetry={() => void tags.refetch()} />
        ) : !tags.data ? (
          <Skeleton className="h-48 rounded-card" />
        ) : tags.data.length === 0 ? (
          <EmptyState icon={<Tag />} title="No tags yet" description="Add one here, or while you edit a device." action={add} />
        ) : (
          <ul aria-label="Tags" className="divide-y">
            {tags.data.map((tag) => (
              <TagRow key={tag.id} tag={tag} onOpen={viewer.isAdmin ? (kind) => setOpened({ kind, tag }) : undefined} />
            ))}
          </ul>
        )}
      </Card>
      {opened?.kind === "add" ? <TagDialog onDone={refresh} onClose={close} /> : null}
      {opened?.kind === "edit" ? <TagDialog tag={opened.tag} onDone={refresh} onClose={close} /> : null}
      {opened?.kind === "merge" ? (
        <MergeTagDialog
          tag={opened.tag}
          others={(tags.data ?? []).filter((other) => other.id !== opened.tag.id)}
          onDone={refresh}
          onClose={close}
        />
      ) : null}
      {opened?.kind === "delete" ? (
        <ConfirmDialog
          open
          onOpenChange={close}
          title={`Delete ${opened.tag.name}?`}
          consequence={`It is taken off ${amountOf(opened.tag.deviceCount, "device")}. The devices stay. This cannot be undone.`}
          confirmLabel="Delete tag"
          onConfirm={async () => {
            await remove.mutateAsync({ id: opened.tag.id });
            refresh();
          }}
        />
      ) : null}
    </div>
  );
}

function TagRow({ tag, onOpen }: { tag: TagView; onOpen?: (kind: "edit" | "merge" | "delete") => void }) {
  const items: ActionItem[] = [
    { label: "Edit…", icon: <Pencil aria-hidden />, onSelect: () => onOpen?.("edit") },
    { label: "Merge…", icon: <Merge aria-hidden />, onSelect: () => onOpen?.("merge") },
    { label: "Delete…", icon: <Trash2 aria-hidden />, tone: "danger", separated: true, onSelect: () => onOpen?.("delete") },
  ];
  return (
    <li className="flex min-h-13 items-center gap-3 py-1.5 pr-2 pl-4">
      <ColorDot color={tag.color} className="size-3" />
      <span className="min-w-0 flex-1 truncate font-medium">{tag.name}</span>
      <span className="text-ink-2 tabular">{amountOf(tag.deviceCount, "device")}</span>
      {onOpen ? <ActionMenu label={`Actions for ${tag.name}`} items={items} /> : <span aria-hidden className="w-2" />}
    </li>
  );
}
