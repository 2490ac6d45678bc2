import { describe, expect, test } from "vitest";
import { compareFirmware, type ComparedFirmware } from "./compare";

const FIRMWARE: ComparedFirmware = {
  name: "Spring",
  version: "1.0.0",
  state: "stable",
  manufacturer: "",
  compatibleModels: ["LF-100", "LF-200"],
  minPreviousVersion: null,
  isMandatory: false,
  releaseDate: "2026-03-01",
  releaseNotes: null,
  sizeBytes: 1_000,
  format: "elf",
  sha256: "a".repeat(64),
};

describe("two versions side by side", () => {
  test("a version with itself", () => {
    expect(compareFirmware(FIRMWARE, FIRMWARE)).toEqual({
      direction: "same",
      changes: [],
      addedModels: [],
      removedModels: [],
      sizeDifference: 0,
      isSameFile: true,
    });
  });

  test("with its successor", () => {
    const next = {
      ...FIRMWARE,
      version: "1.1.0",
      compatibleModels: ["LF-200", "LF-300"],
      sizeBytes: 1_500,
      sha256: "b".repeat(64),
      isMandatory: true,
    };
    expect(compareFirmware(FIRMWARE, next)).toEqual({
      direction: "upgrade",
      changes: [
        { field: "version", from: "1.0.0", to: "1.1.0" },
        { field: "compatibleModels", from: "LF-100, LF-200", to: "LF-200, LF-300" },
        { field: "isMandatory", from: "false", to: "true" },
        { field: "sizeBytes", from: "1000", to: "1500" },
        { field: "sha256", from: "a".repeat(64), to: "b".repeat(64) },
      ],
      addedModels: ["LF-300"],
      removedModels: ["LF-100"],
      sizeDifference: 500,
      isSameFile: false,
    });
  });

  test.each([
    ["the order of models", { compatibleModels: ["LF-200", "LF-100"] }, []],
    ["a version written otherwise", { version: "v1.0.0" }, ["version"]],
    ["without a file", { sha256: null, sizeBytes: null, format: null }, ["sizeBytes", "format", "sha256"]],
    ["a minimum", { minPreviousVersion: "0.9.0" }, ["minPreviousVersion"]],
  ] as [string, Partial<ComparedFirmware>, string[]][])("%s", (_, given, fields) => {
    const comparison = compareFirmware(FIRMWARE, { ...FIRMWARE, ...given });
    expect(comparison.changes.map(({ field }) => field)).toEqual(fields);
    expect(comparison.direction).toBe("same");
    expect(comparison.sizeDifference).toBe("sha256" in given ? null : 0);
  });

  test("the older one second is a downgrade; two without a file are not the same file", () => {
    const none = { ...FIRMWARE, sha256: null };
    expect(compareFirmware({ ...none, version: "1.0.0" }, { ...none, version: "1.0.0-rc.1" })).toMatchObject({
      direction: "downgrade",
      isSameFile: false,
    });
  });
});
