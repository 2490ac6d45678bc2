import { describe, expect, test } from "vitest";
import { canRollOut, isEditable, stateRefusal, type StateRefusal } from "./lifecycle";
import { FIRMWARE_STATES, type FirmwareState } from "./vocabulary";

const ALLOWED = new Set(["draft>testing", "testing>stable", "testing>deprecated", "stable>deprecated", "deprecated>testing"]);
const STEP = { hasArtifact: true, actorId: "anna", testedById: "ben", needsSecondPerson: false, note: "A reason" };

describe("the life of a firmware version", () => {
  test.each(FIRMWARE_STATES.flatMap((from) => FIRMWARE_STATES.map((to) => [from, to] as const)))("%s → %s", (from, to) => {
    expect(stateRefusal({ ...STEP, from, to })).toBe(ALLOWED.has(`${from}>${to}`) ? undefined : "transition");
  });

  test.each([
    ["draft", "testing", { hasArtifact: false }, "no_artifact"],
    ["testing", "stable", { hasArtifact: false }, "no_artifact"],
    ["testing", "deprecated", { hasArtifact: false }, undefined],
    ["testing", "stable", { needsSecondPerson: true }, undefined],
    ["testing", "stable", { needsSecondPerson: true, testedById: "anna" }, "second_person"],
    ["testing", "stable", { needsSecondPerson: false, testedById: "anna" }, undefined],
    ["testing", "stable", { needsSecondPerson: true, testedById: null }, undefined],
    ["draft", "testing", { needsSecondPerson: true, testedById: "anna" }, undefined],
    ["stable", "deprecated", { note: null }, "no_reason"],
    ["testing", "deprecated", { note: "" }, "no_reason"],
    ["testing", "stable", { note: null }, undefined],
    ["draft", "stable", { hasArtifact: false, note: null }, "transition"],
  ] as [FirmwareState, FirmwareState, Partial<typeof STEP>, StateRefusal | undefined][])(
    "%s → %s with %j: %s",
    (from, to, given, expected) => {
      expect(stateRefusal({ ...STEP, ...given, from, to })).toBe(expected);
    },
  );

  test.each(FIRMWARE_STATES)("%s", (state) => {
    expect(isEditable(state)).toBe(state === "draft");
    expect(canRollOut(state)).toBe(state === "testing" || state === "stable");
  });
});
