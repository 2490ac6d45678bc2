import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presetStages } from "@/server/domain/rollouts/presets";
import { clearRolloutDraft, loadRolloutDraft, saveRolloutDraft } from "./rollout-draft";

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

test("what was entered comes back as it was, times as times", () => {
  const draft = {
    stages: presetStages("fleet"),
    name: "Milk meters",
    scheduledAt: new Date("2026-03-10T22:00:00Z"),
    idsText: "MM001\nMM0",
  };
  saveRolloutDraft("a1", draft);
  expect(loadRolloutDraft("a1")).toEqual(draft);
});

test("only the draft that the URL names is loaded, until it is forgotten", () => {
  saveRolloutDraft("a1", { name: "Milk meters" });
  expect(loadRolloutDraft("b2")).toBeUndefined();
  saveRolloutDraft("b2", { name: "Collars" });
  expect(loadRolloutDraft("a1")).toBeUndefined();
  clearRolloutDraft();
  expect(loadRolloutDraft("b2")).toBeUndefined();
});

test.each(["no JSON", "null", "7", '{"id":"a1"}', '{"id":"a1","draft":{"stages":7,"policy":null,"name":1}}'])("%s is no draft", (text) => {
  sessionStorage.setItem("smart-dairy-new-rollout", text);
  expect(loadRolloutDraft("a1") ?? {}).toEqual({});
});

test("without storage there is nothing to lose", () => {
  vi.stubGlobal("sessionStorage", undefined);
  saveRolloutDraft("a1", { name: "Milk meters" });
  clearRolloutDraft();
  expect(loadRolloutDraft("a1")).toBeUndefined();
});
