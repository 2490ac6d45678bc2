import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { DEFAULT_FILTERS, DEVICE_FILTERS, toFilterInput, toListInput } from "@/components/devices/list/device-filters";
import { deviceIdsError, parseDeviceIds } from "./parse-device-ids";
import { STEP } from "./wizard-steps";

const texts = parseAsArrayOf(parseAsString).withDefault([]);

/** What a rollout aims at, in the wizard's URL: the device list links here with its own filters. */
const AIM_STATE = {
  ...DEVICE_FILTERS,
  firmware: parseAsString,
  /** By filters, or device by device. */
  aim: parseAsStringLiteral(["filter", "ids"]).withDefault("filter"),
  ids: texts,
  /** Devices that the filters match and that are left out all the same. */
  except: texts,
  /** From 1. */
  step: parseAsInteger.withDefault(1),
  /** Which of the tab's drafts goes with it: stages, rules, and IDs that were typed. */
  draft: parseAsString,
};

/** Whoever is named is meant, in whatever state. */
const NAMED = { ...toFilterInput(toListInput(DEFAULT_FILTERS, null)), lifecycles: [] };

/** Which firmware and which devices, and how many those are now. */
export function useAim() {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const [state, setState] = useQueryStates(AIM_STATE, { history: "replace", clearOnDefault: true });
  const [idsText, setIdsText] = useState(() => state.ids.join("\n"));
  const byId = state.aim === "ids";
  const named = parseDeviceIds(idsText);
  const filter = byId ? { ...NAMED, deviceIds: named.deviceIds } : toFilterInput(toListInput(state, selectedFarmId));
  // No ID is no device; as a filter it would be all of them.
  const error = byId ? deviceIdsError(named) : undefined;
  const firmware = useQuery({ ...trpc.firmware.get.queryOptions({ id: state.firmware ?? "" }), enabled: state.firmware !== null });
  const isCounted = error === undefined && state.step - 1 >= STEP.devices;
  const matches = useQuery({ ...trpc.devices.count.queryOptions(filter), enabled: isCounted, placeholderData: keepPreviousData });
  return {
    state,
    setState,
    firmware,
    byId,
    idsText,
    setIdsText,
    namedCount: named.deviceIds.length,
    filter,
    except: byId ? [] : state.except,
    error,
    matches: error === undefined ? matches : undefined,
  };
}

export type Aim = ReturnType<typeof useAim>;
