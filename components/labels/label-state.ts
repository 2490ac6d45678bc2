import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { DEVICE_FILTERS, toFilterInput, toListInput } from "@/components/devices/list/device-filters";
import type { LabelSource } from "@/server/domain/labels/schema";

const texts = parseAsArrayOf(parseAsString).withDefault([]);

export const LABEL_TABS = ["print", "reserved", "log"] as const;

/** Where devices come from: named, a group, reserved IDs, the device list with its filters, or a former print. */
export const LABEL_ORIGINS = ["ids", "group", "block", "filter", "import", "reprint"] as const;

/** The label screen's state in the URL: other screens link here with what they show. */
export const LABEL_STATE = {
  ...DEVICE_FILTERS,
  tab: parseAsStringLiteral(LABEL_TABS).withDefault("print"),
  from: parseAsStringLiteral(LABEL_ORIGINS).withDefault("ids"),
  ids: texts,
  /** Devices that the filters match and that are left out all the same. */
  except: texts,
  /** The group, block or print that is meant. */
  of: parseAsString,
};

export const loadLabelState = createLoader(LABEL_STATE);
export type LabelState = Awaited<ReturnType<typeof loadLabelState>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The server's source for a URL's state; `null` while nothing is chosen. */
export function toSource(state: LabelState, selectedFarmId: string | null): LabelSource | null {
  const of = state.of && UUID.test(state.of) ? state.of : null;
  switch (state.from) {
    case "ids":
      return state.ids.length > 0 ? { kind: "devices", deviceIds: state.ids } : null;
    case "group":
      return of ? { kind: "group", groupId: of } : null;
    case "block":
      return of ? { kind: "block", blockId: of } : null;
    case "import":
      return of ? { kind: "import", importId: of } : null;
    case "reprint":
      return of ? { kind: "reprint", printId: of } : null;
    case "filter":
      return { kind: "filter", filter: toFilterInput(toListInput(state, selectedFarmId)), except: state.except };
  }
}
