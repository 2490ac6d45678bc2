import { expect, test } from "vitest";
import { DEFAULT_FILTERS } from "@/components/devices/list/device-filters";
import { MAX_IDS_IN_URL, rolloutOfChosen, rolloutOfFirmware } from "./new-rollout-href";

test("a version aims at its type of device", () => {
  expect(rolloutOfFirmware({ id: "0190", deviceType: "gate" })).toBe("/rollouts/new?type=gate&firmware=0190&step=2");
});

test.each([
  ["named devices", { all: false, ids: ["MM001", "MM002"] }, "/rollouts/new?aim=ids&ids=MM001,MM002"],
  ["whoever matches", { all: true, ids: [] }, "/rollouts/new?q=north&type=collar"],
  ["whoever matches but one", { all: true, ids: ["AC001"] }, "/rollouts/new?q=north&type=collar&except=AC001"],
])("the list's choice goes along: %s", (_, { all, ids }, href) => {
  const filters = { ...DEFAULT_FILTERS, q: "north", type: ["collar" as const], sort: ["-battery"], cols: [] };
  expect(rolloutOfChosen(filters, { all, ids: new Set(ids) })).toBe(href);
});

test("without filters and with all, only the exceptions go along", () => {
  expect(rolloutOfChosen(DEFAULT_FILTERS, { all: true, ids: new Set(["MM001"]) })).toBe("/rollouts/new?except=MM001");
});

test("too many to name are not named", () => {
  const ids = new Set(Array.from({ length: MAX_IDS_IN_URL + 1 }, (_, index) => `MM${index + 100}`));
  expect(rolloutOfChosen(DEFAULT_FILTERS, { all: false, ids })).toBeUndefined();
});
