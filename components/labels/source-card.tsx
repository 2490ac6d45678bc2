"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { ColorDot } from "@/components/patterns/color-dot";
import { parseDeviceIds } from "@/components/rollouts/wizard/parse-device-ids";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { LabelState } from "./label-state";

const ReserveDialog = dynamic(() => import("./reserve-dialog").then((module) => module.ReserveDialog));
const TYPING_PAUSE_MS = 400;

const ORIGINS: { value: LabelState["from"]; label: string; description: string }[] = [
  { value: "ids", label: "Device IDs", description: "Typed, pasted or scanned" },
  { value: "group", label: "A group", description: "With the groups below it" },
  { value: "block", label: "New IDs", description: "Reserved before the devices come" },
];
/** Offered only to whoever comes from there. */
const VISITORS: Partial<Record<LabelState["from"], { label: string; description: string }>> = {
  filter: { label: "From the device list", description: "What its filters match" },
  import: { label: "From an import", description: "What it registered" },
  reprint: { label: "The same again", description: "As in the log" },
};

interface SourceCardProps {
  state: LabelState;
  onChange: (change: Partial<LabelState>) => void;
  /** Devices found; `undefined` while that is not known. */
  count: number | undefined;
}

/** Which devices get labels. */
export function SourceCard({ state, onChange, count }: SourceCardProps) {
  const visitor = VISITORS[state.from];
  const items = visitor ? [{ value: state.from, ...visitor }, ...ORIGINS] : ORIGINS;
  return (
    <Card>
      <CardHeader
        title="Devices"
        aside={count === undefined ? null : `${count.toLocaleString("en")} ${count === 1 ? "device" : "devices"}`}
      />
      <CardBody className="flex flex-col gap-4">
        <Field label="Labels for">
          <Select items={items} value={state.from} onValueChange={(from) => onChange({ from, of: null, except: [] })} />
        </Field>
        {state.from === "ids" ? <IdsField ids={state.ids} onChange={(ids) => onChange({ ids })} /> : null}
        {state.from === "group" ? <GroupField value={state.of} onChange={(of) => onChange({ of })} /> : null}
        {state.from === "block" ? <BlockField value={state.of} onChange={(of) => onChange({ of })} /> : null}
        {state.from === "filter" ? (
          <p className="text-sm text-ink-2">
            The devices that match the filters of the{" "}
            <Link href="/devices" className="text-accent underline underline-offset-2">
              device list
            </Link>
            {state.except.length > 0 ? `, but for ${state.except.length}` : ""}.
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}

function IdsField({ ids, onChange }: { ids: readonly string[]; onChange: (ids: string[]) => void }) {
  const [text, setText] = useState(ids.join("\n"));
  const [known, setKnown] = useState(ids.join());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Another link to this screen, not what was typed here.
  if (ids.join() !== known) {
    setKnown(ids.join());
    setText(ids.join("\n"));
  }
  const type = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const next = parseDeviceIds(value).deviceIds;
      setKnown(next.join());
      onChange(next);
    }, TYPING_PAUSE_MS);
  };
  const { malformed } = parseDeviceIds(text);
  return (
    <Field
      label="Device IDs"
      hint="One a line, or divided by commas"
      error={malformed.length > 0 ? `Not a device ID: ${malformed.slice(0, 3).join(", ")}${malformed.length > 3 ? " …" : ""}` : undefined}
    >
      <Textarea
        rows={3}
        value={text}
        onChange={(event) => type(event.target.value)}
        spellCheck={false}
        autoCapitalize="characters"
        placeholder={"MM001\nMM002"}
        className="max-h-48 font-mono tracking-tight"
      />
    </Field>
  );
}

function GroupField({ value, onChange }: { value: string | null; onChange: (groupId: string) => void }) {
  const trpc = useTRPC();
  const groups = useQuery(trpc.groups.list.queryOptions({}));
  const items = (groups.data ?? []).map((group) => ({
    value: group.id,
    label: group.path.join(" › "),
    description: `${group.totalDeviceCount.toLocaleString("en")} devices`,
    icon: <ColorDot color={group.color} />,
  }));
  return (
    <Field label="Group" hint={groups.data?.length === 0 ? "There are no groups yet." : undefined}>
      <Select items={items} value={value} onValueChange={onChange} placeholder="Choose a group" />
    </Field>
  );
}

function BlockField({ value, onChange }: { value: string | null; onChange: (blockId: string) => void }) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const [reserving, setReserving] = useState(false);
  const blocks = useQuery(trpc.devices.idBlocks.queryOptions({ farmIds: selectedFarmId ? [selectedFarmId] : [] }));
  const items = (blocks.data ?? [])
    .filter((block) => block.canManage)
    .map((block) => ({
      value: block.id,
      label: block.count === 1 ? block.firstId : `${block.firstId} – ${block.lastId}`,
      description: [DEVICE_TYPE_FACTS[block.type].label, block.farm.name, block.note].filter(Boolean).join(" · "),
    }));
  return (
    <>
      {items.length > 0 ? (
        <Field label="Reserved IDs">
          <Select items={items} value={value} onValueChange={onChange} placeholder="Choose a block" />
        </Field>
      ) : (
        <p className="text-sm text-ink-2">
          No IDs are reserved. Reserve some, print their labels, and register each device when it is fitted.
        </p>
      )}
      <Button onClick={() => setReserving(true)} className="self-start">
        <Plus aria-hidden />
        Reserve IDs
      </Button>
      {reserving ? (
        <ReserveDialog
          onClose={() => setReserving(false)}
          onReserved={(block) => {
            setReserving(false);
            onChange(block.id);
          }}
        />
      ) : null}
    </>
  );
}
