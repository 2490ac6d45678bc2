"use client";

import { useState } from "react";
import type { GroupBranch } from "@/server/domain/groups/tree";
import { toTree } from "@/server/domain/groups/tree";
import type { GroupView } from "@/server/services/groups/read-groups";
import type { OpenGroupDialog } from "./group-dialogs";
import { GROUP_COLUMNS, GroupRow } from "./group-row";
import { type GroupDrag, useGroupDrag } from "./use-group-drag";

interface GroupTreeProps {
  groups: readonly GroupView[];
  /** Nothing is folded and nothing moved while a search narrows the tree. */
  searching: boolean;
  onOpen: OpenGroupDialog;
}

/** Groups below groups; each can be folded, and dragged elsewhere with a mouse. */
export function GroupTree({ groups, searching, onOpen }: GroupTreeProps) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const drag = useGroupDrag(groups);
  const toggle = (id: string) => setFolded((old) => new Set(old.has(id) ? [...old].filter((other) => other !== id) : [...old, id]));
  return (
    <>
      <div aria-hidden className={`${GROUP_COLUMNS} h-9 items-center border-b px-4 text-sm font-medium text-ink-3 max-lg:hidden`}>
        <span className="pl-7">Group</span>
        <span>Farm</span>
        <span>Type</span>
        <span className="text-right">Devices</span>
        <span>Online</span>
      </div>
      <Branches
        branches={toTree(groups)}
        label="Groups"
        folded={searching ? new Set() : folded}
        drag={searching ? undefined : drag}
        onToggle={toggle}
        onOpen={onOpen}
      />
    </>
  );
}

interface BranchesProps {
  branches: readonly GroupBranch<GroupView>[];
  label: string;
  folded: ReadonlySet<string>;
  drag: GroupDrag | undefined;
  onToggle: (id: string) => void;
  onOpen: OpenGroupDialog;
}

function Branches({ branches, label, folded, drag, onToggle, onOpen }: BranchesProps) {
  return (
    <ul aria-label={label} className="[&>li+li]:border-t">
      {branches.map(({ group, children }) => {
        const isOpen = !folded.has(group.id);
        return (
          <li key={group.id}>
            <GroupRow
              group={group}
              fold={children.length > 0 ? { isOpen, onToggle: () => onToggle(group.id) } : undefined}
              drag={drag}
              onOpen={onOpen}
            />
            {isOpen && children.length > 0 ? (
              <div className="border-t">
                <Branches branches={children} label={`In ${group.name}`} folded={folded} drag={drag} onToggle={onToggle} onOpen={onOpen} />
              </div>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
