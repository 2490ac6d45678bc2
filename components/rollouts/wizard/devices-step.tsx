"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark, ListChecks, ListFilter, X } from "lucide-react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { loadDeviceFilters, serializeDeviceFilters } from "@/components/devices/list/device-filters";
import { DeviceToolbar } from "@/components/devices/list/device-toolbar";
import { ActionMenu } from "@/components/patterns/action-menu";
import { amountOf, formatCount } from "@/components/patterns/format-count";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import type { Aim } from "./use-aim";

const WAYS = [
  { value: "filter", title: "By filter", description: "Farm, group, tag, type, a saved view: whoever matches", icon: <ListFilter /> },
  { value: "ids", title: "One by one", description: "A list of device IDs, typed or pasted", icon: <ListChecks /> },
] as const;

/** Which devices: by the device list's own filters, or named. */
export function DevicesStep({ aim, isTried }: { aim: Aim; isTried: boolean }) {
  const { state, setState, byId, idsText, setIdsText, error } = aim;
  return (
    <>
      <RadioCards
        legend="Which devices?"
        showLegend
        items={WAYS}
        value={state.aim}
        onValueChange={(way) => void setState({ aim: way })}
        className="grid-cols-1 sm:grid-cols-2 md:grid-cols-2 lg:grid-cols-2"
      />
      {byId ? (
        <Card className="p-5">
          <Field
            label="Device IDs"
            error={isTried || idsText !== "" ? error : undefined}
            hint="One a line, or divided by commas or spaces. Those that the firmware does not fit are left out, with the reason."
          >
            <Textarea
              rows={8}
              value={idsText}
              onChange={(event) => setIdsText(event.target.value)}
              spellCheck={false}
              autoCapitalize="characters"
              placeholder={"MM001\nMM002"}
              className="font-mono tracking-tight"
            />
          </Field>
        </Card>
      ) : (
        <FilterCard aim={aim} />
      )}
      <Matches aim={aim} />
    </>
  );
}

function FilterCard({ aim: { state, setState } }: { aim: Aim }) {
  const trpc = useTRPC();
  const views = useQuery(trpc.views.list.queryOptions());
  return (
    <Card>
      <CardHeader
        title="Filters"
        aside={
          views.data && views.data.length > 0 ? (
            <ActionMenu
              label="Saved views"
              variant="secondary"
              size="sm"
              items={views.data.map((view) => ({
                label: view.isMine ? view.name : `${view.name} · ${view.ownerName}`,
                onSelect: () => void setState(loadDeviceFilters(`?${view.query}`)),
              }))}
            >
              <Bookmark aria-hidden />
              Saved views
            </ActionMenu>
          ) : undefined
        }
      />
      <DeviceToolbar filters={state} onChange={(change) => void setState(change)} />
      {state.except.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2 px-4 py-3">
          <span className="text-sm text-ink-2">Not:</span>
          {state.except.map((deviceId) => (
            <Button
              key={deviceId}
              size="sm"
              aria-label={`Take ${deviceId} in again`}
              onClick={() => void setState({ except: state.except.filter((other) => other !== deviceId) })}
            >
              <span className="font-mono tracking-tight">{deviceId}</span>
              <X aria-hidden />
            </Button>
          ))}
        </div>
      ) : null}
      <FarmNote isNamed={state.farm.length > 0} href={serializeDeviceFilters("/devices", state)} />
    </Card>
  );
}

/** The switcher's farm narrows every list, this one too. */
function FarmNote({ isNamed, href }: { isNamed: boolean; href: string }) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const farm = farms.data?.find(({ id }) => id === selectedFarmId);
  return (
    <p className="px-4 py-3 text-sm text-ink-2">
      {farm && !isNamed ? `On ${farm.name} only, the farm you have chosen. ` : null}
      <a href={href} target="_blank" rel="noreferrer" className="hit-area text-accent hover:underline">
        Look at them in the device list
        <span className="sr-only">, in a new tab</span>
      </a>
    </p>
  );
}

/** How many that are now, and how many of them the firmware is for. */
function Matches({ aim: { matches, filter, firmware, byId, namedCount, except } }: { aim: Aim }) {
  const trpc = useTRPC();
  const type = firmware.data?.deviceType;
  const isOther = type !== undefined && filter.types.length > 0 && !filter.types.includes(type);
  const fitting = useQuery({
    ...trpc.devices.count.queryOptions({ ...filter, types: type ? [type] : [] }),
    enabled: matches !== undefined && type !== undefined && !isOther,
  });
  if (!matches?.data) return <p className="min-h-6 text-ink-2">{"\u00a0"}</p>;
  const total = Math.max(0, matches.data.total - except.length);
  const ofType = isOther ? 0 : fitting.data?.total;
  const plural = type && DEVICE_TYPE_FACTS[type].plural.toLowerCase();
  return (
    <p role="status" className="tabular">
      <span className="text-lg font-semibold">
        {byId ? `${formatCount(total)} of ${formatCount(namedCount)} found` : `${amountOf(total, "device")} match`}
      </span>
      {plural && ofType !== undefined && (ofType < matches.data.total || byId) ? (
        <span className="text-ink-2">
          {" "}
          · {formatCount(ofType)} {ofType === 1 ? "is one of the" : "are"} {plural} that the firmware is for
        </span>
      ) : null}
    </p>
  );
}
