import { describe, expect, it } from "vitest";
import { cn } from "./cn";

describe("cn", () => {
  const cases: [rule: string, given: Parameters<typeof cn>, expected: string][] = [
    ["joins and skips what is not there", ["a", false, undefined, null, "b"], "a b"],
    ["the later one wins", ["p-4 text-ink", "p-5"], "text-ink p-5"],
    ["a size and a colour of text are two things", ["text-title text-ink", "text-accent"], "text-title text-accent"],
    ["a fluid size is a size", ["text-[clamp(1rem,2vh,3rem)]", "text-accent"], "text-[clamp(1rem,2vh,3rem)] text-accent"],
    ["an alignment is a third", ["text-sm text-ink-2", "text-right"], "text-sm text-ink-2 text-right"],
    ["other variants do not meet", ["h-9 pointer-coarse:h-11", "h-8"], "pointer-coarse:h-11 h-8"],
    ["the same variants do", ["max-lg:h-11 lg:h-9", "max-lg:h-14"], "lg:h-9 max-lg:h-14"],
    ["variants with brackets and colons", ["[&+*]:pt-1 data-[side=none]:p-2", "[&+*]:pt-3"], "data-[side=none]:p-2 [&+*]:pt-3"],
    ["all covers each", ["px-3 pt-1 mt-2", "p-4"], "mt-2 p-4"],
    ["each does not cover all", ["p-4", "px-3"], "p-4 px-3"],
    ["negative is the same property", ["mt-2", "-mt-1"], "-mt-1"],
    ["display", ["flex gap-2", "hidden"], "gap-2 hidden"],
    ["flex is not a direction", ["flex flex-1 flex-col", "flex-row"], "flex flex-1 flex-row"],
    [
      "width, colour and side of a border",
      ["border border-line border-dashed", "border-t-0 border-accent"],
      "border border-dashed border-t-0 border-accent",
    ],
    ["size covers both", ["h-4 w-full", "size-5"], "size-5"],
    ["what it does not know stays", ["panel tabular", "touch-target"], "panel tabular touch-target"],
  ];
  it.each(cases)("%s", (_, given, expected) => {
    expect(cn(...given)).toBe(expected);
  });
});
