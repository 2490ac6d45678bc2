import { describe, expect, test } from "vitest";
import { incompatibility, newestStable, planUpgrade, type PathVersion } from "./upgrade-path";
import type { FirmwareState } from "./vocabulary";

const firmware = (version: string, minPreviousVersion: string | null = null, state: FirmwareState = "stable"): PathVersion => ({
  version,
  minPreviousVersion,
  state,
  manufacturer: "",
  compatibleModels: [],
});

function plan(current: string | null, target: PathVersion, others: PathVersion[]): string {
  const path = planUpgrade(current, target, [...others, target]);
  if (path.kind === "path") return path.hops.map(({ version }) => version).join(" → ");
  return path.kind === "blocked" ? `blocked, needs ${path.needs}` : path.kind;
}

describe("the way of a device to a version", () => {
  test.each([
    ["straight", "1.0.0", firmware("3.0.0"), [firmware("2.0.0")], "3.0.0"],
    ["by the one it must pass", "1.0.0", firmware("3.0.0", "2.0.0"), [firmware("2.0.0")], "2.0.0 → 3.0.0"],
    ["by two", "1.0.0", firmware("4.0.0", "3.0.0"), [firmware("3.0.0", "2.0.0"), firmware("2.0.0", "1.0.0")], "2.0.0 → 3.0.0 → 4.0.0"],
    ["the fewest hops", "1.0.0", firmware("4.0.0", "2.0.0"), [firmware("2.0.0"), firmware("3.0.0", "2.0.0")], "2.0.0 → 4.0.0"],
    ["the newest of equals", "1.0.0", firmware("4.0.0", "2.0.0"), [firmware("2.0.0"), firmware("2.5.0")], "2.5.0 → 4.0.0"],
    ["its minimum itself is enough", "2.0.0", firmware("3.0.0", "2.0.0"), [], "3.0.0"],
    ["nothing leads there", "1.0.0", firmware("3.0.0", "2.0.0"), [], "blocked, needs 2.0.0"],
    ["only what is stable carries", "1.0.0", firmware("3.0.0", "2.0.0"), [firmware("2.0.0", null, "testing")], "blocked, needs 2.0.0"],
    ["deprecated does not", "1.0.0", firmware("3.0.0", "2.0.0"), [firmware("2.0.0", null, "deprecated")], "blocked, needs 2.0.0"],
    ["a target on trial, when asked for", "1.0.0", firmware("2.0.0", null, "testing"), [], "2.0.0"],
    ["a gap further down", "1.0.0", firmware("4.0.0", "3.0.0"), [firmware("3.0.0", "2.0.0")], "blocked, needs 2.0.0"],
    ["never past the target", "1.0.0", firmware("2.0.0", "1.5.0"), [firmware("3.0.0"), firmware("1.5.0")], "1.5.0 → 2.0.0"],
    ["it is there", "3.0.0", firmware("3.0.0"), [], "arrived"],
    ["by another name", "v3.0.0+b4", firmware("3.0.0"), [], "arrived"],
    ["it is further", "3.1.0", firmware("3.0.0"), [], "newer"],
    ["it has not said", null, firmware("3.0.0"), [], "unknown"],
    ["from what we do not know", "1.2-custom", firmware("2.0.0", "1.2"), [], "2.0.0"],
    ["from another scheme", "R7", firmware("2.0.0", "1.0.0"), [firmware("1.0.0")], "1.0.0 → 2.0.0"],
    ["circles end", "1.0.0", firmware("9.0.0", "8.0.0"), [firmware("2.0.0"), firmware("3.0.0"), firmware("4.0.0")], "blocked, needs 8.0.0"],
  ] as [string, string | null, PathVersion, PathVersion[], string][])("%s: %s", (_, current, target, others, expected) => {
    expect(plan(current, target, others)).toBe(expected);
  });

  test("a hundred versions, each with the one before as its minimum, are a hundred hops", () => {
    const chain = Array.from({ length: 100 }, (_, index) => firmware(`1.${index + 1}.0`, `1.${index}.0`));
    expect(plan("1.0.0", chain.at(-1)!, chain.slice(0, -1)).split(" → ")).toHaveLength(100);
  });

  test("the newest stable one", () => {
    expect(newestStable([firmware("1.9.0"), firmware("1.10.0"), firmware("2.0.0", null, "testing")])?.version).toBe("1.10.0");
    expect(newestStable([firmware("1.0.0", null, "deprecated")])).toBeUndefined();
  });
});

describe("whether a version fits a device", () => {
  const device = { manufacturer: "Lactoflow", model: "LF-200" };
  test.each([
    ["", [], undefined],
    ["lactoflow ", [], undefined],
    ["Other", [], "manufacturer"],
    ["", ["LF-100", "lf-200"], undefined],
    ["", ["LF-100"], "model"],
    ["Other", ["LF-100"], "manufacturer"],
  ])("%j, models %j: %s", (manufacturer, compatibleModels, expected) => {
    expect(incompatibility({ manufacturer, compatibleModels }, device)).toBe(expected);
  });

  test("a device that does not say its model fits only what is for every model", () => {
    expect(incompatibility({ manufacturer: "", compatibleModels: ["LF-200"] }, { manufacturer: "", model: "" })).toBe("model");
    expect(incompatibility({ manufacturer: "", compatibleModels: [] }, { manufacturer: "", model: "" })).toBeUndefined();
  });
});
