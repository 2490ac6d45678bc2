import { expect, test } from "vitest";
import { DEFAULT_FILTERS } from "@/components/devices/list/device-filters";
import { loadLabelState, toSource } from "./label-state";
import { labelsOf, labelsOfChosen, labelsOfDevice } from "./labels-href";

const GROUP = "01890000-0000-7000-8000-000000000001";
const sourceOf = (href: string | undefined) => toSource(loadLabelState(`http://localhost${href}`), null);

test("what other screens link to is what the label screen asks for", () => {
  expect(sourceOf(labelsOfDevice("MM001"))).toEqual({ kind: "devices", deviceIds: ["MM001"] });
  expect(sourceOf(labelsOf("group", GROUP))).toEqual({ kind: "group", groupId: GROUP });
  expect(sourceOf(labelsOf("block", GROUP))).toEqual({ kind: "block", blockId: GROUP });
  expect(sourceOf(labelsOf("reprint", GROUP))).toEqual({ kind: "reprint", printId: GROUP });
  expect(sourceOf("/labels?from=group&of=1")).toBeNull();
  expect(sourceOf("/labels")).toBeNull();
});

test("devices chosen in the list: by name, or all that match but for some", () => {
  const filters = { ...DEFAULT_FILTERS, type: ["gate" as const], q: "north & south" };
  expect(sourceOf(labelsOfChosen(filters, { all: false, ids: new Set(["MM001", "GT002"]) }))).toEqual({
    kind: "devices",
    deviceIds: ["MM001", "GT002"],
  });
  expect(sourceOf(labelsOfChosen(filters, { all: true, ids: new Set(["GT002"]) }))).toMatchObject({
    kind: "filter",
    filter: { types: ["gate"], search: "north & south" },
    except: ["GT002"],
  });
  expect(sourceOf(labelsOfChosen(DEFAULT_FILTERS, { all: true, ids: new Set() }))).toMatchObject({ kind: "filter", except: [] });
  const many = new Set(Array.from({ length: 501 }, (_, index) => `MM${1_000 + index}`));
  expect(labelsOfChosen(filters, { all: false, ids: many })).toBeUndefined();
});
