"use client";

import { useQuery } from "@tanstack/react-query";
import { Archive, Pencil, Tags } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { QueryGate } from "@/components/console/query-gate";
import { useTRPC } from "@/components/console/trpc";
import { HealthRulesCard } from "@/components/health/health-rules-card";
import { labelsOf } from "@/components/labels/labels-href";
import { ActionMenu } from "@/components/patterns/action-menu";
import { BackLink } from "@/components/patterns/back-link";
import { ColorDot } from "@/components/patterns/color-dot";
import { PageHeader } from "@/components/patterns/page-header";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { GroupPageView } from "@/server/services/groups/get-group";
import { groupActions } from "./group-actions";
import { GroupDevices } from "./group-devices";
import { GroupDialogs, type OpenedGroupDialog } from "./group-dialogs";
import { GroupChildren, GroupFacts } from "./group-facts";

interface GroupScreenProps {
  groupId: string;
  editableFarmIds: string[] | "all";
}

/** One group: where it stands, what it is, and its devices. */
export function GroupScreen({ groupId, editableFarmIds }: GroupScreenProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.groups.get.queryOptions({ id: groupId }));
  return (
    <QueryGate
      query={query}
      missing={{
        title: "No such group",
        description: "It was deleted, or it is not on your farms.",
        action: <BackLink href="/groups">All groups</BackLink>,
      }}
    >
      {(group) => <Loaded group={group} editableFarmIds={editableFarmIds} />}
    </QueryGate>
  );
}

function Loaded({ group, editableFarmIds }: { group: GroupPageView; editableFarmIds: GroupScreenProps["editableFarmIds"] }) {
  const router = useRouter();
  const { viewer } = useConsole();
  const [opened, setOpened] = useState<OpenedGroupDialog>();
  return (
    <>
      <PageHeader
        back={<Breadcrumb group={group} />}
        title={
          <span className="flex items-center gap-2.5">
            <ColorDot color={group.color} className="size-3.5" />
            {group.name}
          </span>
        }
        badge={
          group.active ? undefined : (
            <Badge tone="unknown" icon={<Archive aria-hidden />}>
              Archived
            </Badge>
          )
        }
        subtitle={group.description ?? [group.farmName ?? "All farms", group.code].join(" · ")}
        actions={
          <>
            {viewer.canProvision && group.totalDeviceCount > 0 ? (
              <Button render={<Link href={labelsOf("group", group.id)} />}>
                <Tags aria-hidden />
                Print labels
              </Button>
            ) : null}
            {group.editable ? (
              <>
                <Button onClick={() => setOpened({ kind: "edit", group })}>
                  <Pencil aria-hidden />
                  Edit
                </Button>
                <ActionMenu label="More actions" items={groupActions(group, setOpened).slice(1)} className="max-sm:flex-none!" />
              </>
            ) : null}
          </>
        }
      />
      <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <GroupDevices group={group} />
        <div className="flex min-w-0 flex-col gap-4">
          <GroupFacts group={group} />
          <GroupChildren group={group} />
          <HealthRulesCard scope={{ level: "group", groupId: group.id }} />
        </div>
      </div>
      <GroupDialogs
        opened={opened}
        editableFarmIds={editableFarmIds}
        onClose={() => setOpened(undefined)}
        onDeleted={() => router.push("/groups")}
      />
    </>
  );
}

function Breadcrumb({ group }: { group: GroupPageView }) {
  return (
    <nav aria-label="Path" className="flex flex-wrap items-center gap-x-1.5 text-sm text-ink-2">
      <BackLink href="/groups">Groups</BackLink>
      {group.ancestors.map(({ id, name }) => (
        <span key={id} className="flex items-center gap-1.5">
          <span aria-hidden className="text-ink-3">
            ›
          </span>
          <Link
            href={`/groups/${id}`}
            className="inline-flex items-center rounded-inner px-1 py-0.5 hover:text-ink pointer-coarse:min-h-11"
          >
            {name}
          </Link>
        </span>
      ))}
    </nav>
  );
}
