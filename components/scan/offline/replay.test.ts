import "fake-indexeddb/auto";
import { TRPCClientError } from "@trpc/client";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { FieldActionInput } from "@/server/domain/scan/action";
import type { FieldAnswer } from "@/server/services/scan/perform-action";
import { applyPending } from "./apply-pending";
import type { FieldApi } from "./field-api";
import { fieldDatabase, type FieldDatabase, wipeFieldData } from "./field-database";
import { discard, enqueue, insist, readOutbox, retry, takeBack } from "./outbox";
import { replay } from "./replay";

const ME = "0b8f6c4e-7d1a-4f5e-9c3b-1a2b3c4d5e6f";
const OTHER = "1b8f6c4e-7d1a-4f5e-9c3b-1a2b3c4d5e6f";
const unreachable = () => new TypeError("Failed to fetch");
const refusal = (httpStatus: number, message: string) =>
  TRPCClientError.from({ error: { code: -32600, message, data: { httpStatus } } } as never);

/** A server that knows what it has done, as ours does; `fate` says what becomes of each call. */
class Server {
  readonly effects: FieldActionInput[] = [];
  readonly #answers = new Map<string, FieldAnswer>();
  fate: (action: FieldActionInput) => "ok" | "lost" | "dead" | FieldAnswer | Error = () => "ok";

  readonly api = { perform: (action: FieldActionInput) => this.#perform(action) } as FieldApi;

  async #perform(action: FieldActionInput): Promise<FieldAnswer> {
    const known = this.#answers.get(action.id);
    const fate = this.fate(action);
    await Promise.resolve();
    if (fate === "dead") throw unreachable();
    if (fate instanceof Error) throw TRPCClientError.from(fate);
    if (typeof fate === "object") return fate;
    if (!known) {
      this.effects.push(action);
      this.#answers.set(action.id, { outcome: "done" });
    }
    if (fate === "lost") throw unreachable();
    return { outcome: "done" };
  }
}

let db: FieldDatabase;
let server: Server;

beforeEach(async () => {
  await wipeFieldData();
  db = await fieldDatabase();
  server = new Server();
});

const move = (deviceId: string, location: string, ownerId = ME) =>
  enqueue(db, ownerId, { kind: "set_location", deviceId, location, base: null });
const send = (ownerId = ME) => replay(db, server.api, ownerId);
const arrived = () =>
  server.effects.map((action) => (action.kind === "set_location" ? `${action.deviceId} ${action.location}` : action.kind));

describe("what was done without a network", () => {
  test("is sent in order and then gone", async () => {
    await move("MM001", "A");
    await move("MM002", "B");
    await move("MM001", "C");
    expect(await send()).toEqual({ sent: 3, end: "idle" });
    expect(arrived()).toEqual(["MM001 A", "MM002 B", "MM001 C"]);
    expect(await readOutbox(db)).toEqual([]);
    expect(await send()).toEqual({ sent: 0, end: "idle" });
    expect(server.effects).toHaveLength(3);
  });

  test("waits while the server is away, and says since when and why", async () => {
    await move("MM001", "A");
    server.fate = () => "dead";
    expect(await send()).toMatchObject({ sent: 0, end: "unreachable" });
    expect(await readOutbox(db)).toMatchObject([
      { state: "waiting", reason: "The server cannot be reached.", queuedAt: expect.any(Date) as Date },
    ]);
    server.fate = () => refusal(503, "Smart Dairy is busy or restarting.");
    expect(await send()).toMatchObject({ end: "unreachable", reason: "Smart Dairy is busy or restarting." });
    server.fate = () => refusal(401, "Sign in first.");
    expect(await send()).toEqual({ sent: 0, end: "signed_out" });
    server.fate = () => "ok";
    expect(await send()).toEqual({ sent: 1, end: "idle" });
  });

  test("is sent once although the answer was lost, and two tabs send at once", async () => {
    for (const location of ["A", "B", "C"]) await move("MM001", location);
    let calls = 0;
    server.fate = () => (++calls % 2 ? "lost" : "ok");
    for (let round = 0; round < 6; round++) await Promise.all([send(), send()]);
    expect(arrived()).toEqual(["MM001 A", "MM001 B", "MM001 C"]);
    expect(await readOutbox(db)).toEqual([]);
  });

  test("is sent by whoever did it, and by nobody else", async () => {
    await move("MM001", "mine");
    await move("MM001", "theirs", OTHER);
    expect(await send()).toEqual({ sent: 1, end: "idle" });
    expect(arrived()).toEqual(["MM001 mine"]);
    expect(await send(OTHER)).toEqual({ sent: 1, end: "idle" });
  });

  test("can be taken back as long as it is here", async () => {
    const entry = await move("MM001", "A");
    expect(await takeBack(db, entry.id)).toBe(true);
    expect(await takeBack(db, entry.id)).toBe(false);
    await send();
    expect(arrived()).toEqual([]);
  });
});

describe("what is refused", () => {
  test("stays with its reason, holds back the same device, and can be tried again or given up", async () => {
    await move("MM001", "A");
    await move("MM001", "B");
    await move("MM002", "C");
    server.fate = ({ deviceId }) => (deviceId === "MM001" ? refusal(404, "There is no device MM001 on your farms.") : "ok");
    expect(await send()).toEqual({ sent: 1, end: "idle" });
    const [first, second] = await readOutbox(db);
    expect(first).toMatchObject({ state: "failed", reason: "There is no device MM001 on your farms." });
    expect(second).toMatchObject({ state: "waiting", reason: null });
    server.fate = () => "ok";
    expect(await send()).toEqual({ sent: 0, end: "idle" });
    await retry(db, first?.seq ?? 0);
    expect(await send()).toEqual({ sent: 2, end: "idle" });
    expect(arrived()).toEqual(["MM002 C", "MM001 A", "MM001 B"]);
  });

  test("a conflict waits for a choice; ours goes again under a new id and on their base, theirs ends it", async () => {
    const conflict = { about: "location" as const, base: null, yours: "A", theirs: "Calf barn", change: null };
    const { id, seq } = await move("MM001", "A");
    server.fate = () => ({ outcome: "conflict", conflict });
    await send();
    expect(await readOutbox(db)).toMatchObject([{ state: "conflict", conflict }]);
    server.fate = () => "ok";
    expect(await send()).toEqual({ sent: 0, end: "idle" });
    await insist(db, seq);
    await send();
    expect(server.effects).toMatchObject([{ location: "A", base: "Calf barn" }]);
    expect(server.effects[0]?.id).not.toBe(id);

    const again = await move("MM002", "A");
    server.fate = () => ({ outcome: "conflict", conflict });
    await send();
    await discard(db, again.seq);
    expect(await readOutbox(db)).toEqual([]);
  });
});

test("people see what they have done before it has arrived, and after", async () => {
  const entry = await move("MM001", "Stall 1");
  const device = { deviceId: "MM001", location: "Yard" } as Parameters<typeof applyPending>[0];
  await db.put("devices", device);
  expect(applyPending(device, [entry]).location).toBe("Stall 1");
  expect(applyPending(device, [{ ...entry, state: "conflict" }]).location).toBe("Yard");
  expect(applyPending({ ...device, deviceId: "MM002" }, [entry]).location).toBe("Yard");
  await send();
  expect(await db.get("devices", "MM001")).toMatchObject({ location: "Stall 1" });
});

test("whatever the network does, everything arrives once and each device's in order", async () => {
  const fate = fc.constantFrom("ok" as const, "lost" as const, "dead" as const);
  const act = fc.oneof(
    fc.record({ do: fc.constant("move" as const), device: fc.constantFrom("MM001", "MM002", "MM003") }),
    fc.record({ do: fc.constant("send" as const), fates: fc.array(fate, { maxLength: 6 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
      await wipeFieldData();
      db = await fieldDatabase();
      server = new Server();
      const done: string[] = [];
      for (const each of acts) {
        if (each.do === "move") {
          done.push(`${each.device} ${done.length}`);
          await move(each.device, String(done.length - 1));
          continue;
        }
        const fates = [...each.fates];
        server.fate = () => fates.shift() ?? "dead";
        await send();
      }
      server.fate = () => "ok";
      await send();
      expect(arrived()).toEqual(done);
      expect(await readOutbox(db)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
