import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CommandMessage } from "@/server/mqtt/payloads";
import { CommandLedger } from "./command-ledger";

const NOW_MS = Date.UTC(2026, 5, 1, 12);

function command(seq: number, expiresInMs = 60_000): CommandMessage {
  return {
    id: randomUUID(),
    seq,
    command: "diagnostic",
    issuedAt: new Date(NOW_MS).toISOString(),
    expiresAt: new Date(NOW_MS + expiresInMs).toISOString(),
    params: {},
  };
}

describe("command ledger", () => {
  test("executes a new command, repeats the answer of a known one, expired or not", () => {
    const ledger = new CommandLedger();
    const known = command(4);
    expect(ledger.judge(known, NOW_MS)).toEqual({ kind: "execute" });
    ledger.take(known);
    ledger.record({ id: known.id, state: "acknowledged" });
    ledger.record({ id: known.id, state: "succeeded", result: { a: 1 } });
    const repeat = { kind: "repeat", answer: { id: known.id, state: "succeeded", result: { a: 1 } } };
    expect(ledger.judge(known, NOW_MS)).toEqual(repeat);
    expect(ledger.judge(known, NOW_MS + 3_600_000)).toEqual(repeat);
  });

  test.each([
    [59_999, "execute"],
    [60_000, "refuse"],
    [60_001, "refuse"],
  ])("a command that expires in 60 s is, after %i ms: %s", (elapsedMs, kind) => {
    expect(new CommandLedger().judge(command(1), NOW_MS + elapsedMs).kind).toBe(kind);
  });

  test("what was overtaken by a later command is refused, a gap is not", () => {
    const ledger = new CommandLedger();
    ledger.take(command(7));
    expect(ledger.judge(command(6), NOW_MS).kind).toBe("refuse");
    expect(ledger.judge(command(7), NOW_MS).kind).toBe("refuse");
    expect(ledger.judge(command(12), NOW_MS).kind).toBe("execute");
  });

  test("keeps an answer due until that very answer is delivered", () => {
    const ledger = new CommandLedger();
    const acknowledged = { id: randomUUID(), state: "acknowledged" } as const;
    const succeeded = { ...acknowledged, state: "succeeded" } as const;
    ledger.record(acknowledged);
    ledger.record(succeeded);
    ledger.delivered(acknowledged);
    expect(ledger.undelivered()).toEqual([succeeded]);
    ledger.delivered(succeeded);
    expect(ledger.undelivered()).toEqual([]);
  });

  test("knows what a restart interrupted", () => {
    const ledger = new CommandLedger();
    const [open, done] = [randomUUID(), randomUUID()];
    ledger.record({ id: open, state: "acknowledged" });
    ledger.record({ id: done, state: "failed", error: "x" });
    expect(ledger.unfinished()).toEqual([open]);
  });

  test("forgets answers, never the order: an evicted command is refused, not done again", () => {
    const ledger = new CommandLedger();
    const commands = Array.from({ length: 40 }, (_, index) => command(index + 1));
    for (const each of commands) {
      ledger.take(each);
      ledger.record({ id: each.id, state: "succeeded" });
    }
    expect(ledger.judge(commands[39]!, NOW_MS).kind).toBe("repeat");
    expect(ledger.judge(commands[0]!, NOW_MS).kind).toBe("refuse");
  });
});
