import type { CommandMessage, CommandResponse } from "@/server/mqtt/payloads";
import type { Defect } from "./behaviour/defects";
import type { DeviceProfile } from "./behaviour/profile";
import type { World } from "./behaviour/world";
import { CommandLedger } from "./command-ledger";
import { orderOf, type Order } from "./command-params";
import type { Image } from "./firmware/flash";
import type { UpdateOrder, UpdateRefusal } from "./firmware/judge-order";
import type { HerdTally } from "./herd-tally";
import type { Random } from "./random";
import { runSelfTest } from "./self-test";

const SELF_TEST_SECONDS = 3;
const WORD_TIME_MS = 200;

interface CommandDeskOptions {
  tally: HerdTally;
  speedUp: number;
  deviceNowMs: () => number;
  /** Publishes on `response`; true once acknowledged. */
  send: (payload: string) => Promise<boolean>;
  selfTest: () => {
    world: World;
    profile: DeviceProfile;
    roundTripMs: number | undefined;
    defect: Defect | undefined;
    image: Image;
    random: Random;
  };
  setReportInterval: (seconds: number) => void;
  restart: () => void;
  /** Takes a firmware update on, or says why not. @throws when the power goes away meanwhile */
  update: (order: UpdateOrder) => Promise<UpdateRefusal | undefined>;
}

/** Takes commands, carries them out and answers: each once, whatever arrives twice, late or across a restart. */
export class CommandDesk {
  private readonly ledger = new CommandLedger();
  private readonly running = new Set<NodeJS.Timeout>();
  private restartCommandId: string | undefined;
  /** Orders that no answer has been found for yet. */
  private readonly unjudged = new Map<string, UpdateOrder>();

  constructor(private readonly options: CommandDeskOptions) {}

  /** Handles one command message. */
  receive(command: CommandMessage): void {
    const { tally, deviceNowMs } = this.options;
    const verdict = this.ledger.judge(command, deviceNowMs());
    if (verdict.kind === "repeat") {
      tally.commandsRepeated += 1;
      return this.answer(verdict.answer);
    }
    this.ledger.take(command);
    const order = verdict.kind === "execute" ? orderOf(command.command, command.params) : { error: verdict.error };
    if ("error" in order) {
      tally.commandsRefused += 1;
      return this.answer({ id: command.id, state: "failed", error: order.error });
    }
    tally.commandsTaken += 1;
    this.answer({ id: command.id, state: "acknowledged" });
    this.carryOut(command.id, order.order);
  }

  /** After a boot: the restart that was ordered has succeeded, what it interrupted has failed, an update is judged anew. */
  settleAfterBoot(restartReason: string): void {
    for (const id of this.ledger.unfinished()) {
      const order = this.unjudged.get(id);
      if (order) {
        void this.update(id, order);
        continue;
      }
      const isDone = id === this.restartCommandId && restartReason === "command";
      const outcome = isDone
        ? ({ id, state: "succeeded" } as const)
        : ({ id, state: "failed", error: `interrupted by a restart (${restartReason})` } as const);
      this.ledger.record(this.stamped(outcome));
    }
    this.restartCommandId = undefined;
  }

  /** Sends again what no PUBACK has come for. */
  sendUndelivered(): void {
    for (const answer of this.ledger.undelivered()) void this.deliver(answer);
  }

  /** Stops what is under way, as a loss of power does. */
  halt(): void {
    for (const timer of this.running) clearTimeout(timer);
    this.running.clear();
  }

  private carryOut(id: string, order: Order): void {
    switch (order.kind) {
      case "identify":
        return this.after(order.seconds * 1000, () => this.answer({ id, state: "succeeded" }));
      case "diagnostic":
        return this.after(SELF_TEST_SECONDS * 1000, () => {
          const { world, profile, random, ...condition } = this.options.selfTest();
          if (condition.defect === "stuck_bus") return this.answer({ id, state: "failed", error: "sensor bus does not answer" });
          this.answer({ id, state: "succeeded", result: runSelfTest(world, profile, condition, random) });
        });
      case "configure":
        this.options.setReportInterval(order.reportIntervalSeconds);
        return this.answer({ id, state: "succeeded", result: applied(order) });
      case "restart":
        this.restartCommandId = id;
        return this.after(WORD_TIME_MS * this.options.speedUp, this.options.restart);
      case "firmware_update":
        return void this.update(id, order);
    }
  }

  private async update(id: string, order: UpdateOrder): Promise<void> {
    this.unjudged.set(id, order);
    let refusal: UpdateRefusal | undefined;
    try {
      refusal = await this.options.update(order);
    } catch {
      // The next boot tries again.
      return;
    }
    this.unjudged.delete(id);
    if (!refusal) return this.answer({ id, state: "succeeded" });
    this.options.tally.updatesRefused += 1;
    this.answer({ id, state: "failed", code: refusal.code, error: refusal.error });
  }

  private after(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.running.delete(timer);
      act();
    }, delayMs / this.options.speedUp);
    this.running.add(timer);
  }

  private answer(answer: CommandResponse): void {
    const stamped = this.stamped(answer);
    this.ledger.record(stamped);
    void this.deliver(stamped);
  }

  private stamped(answer: CommandResponse): CommandResponse {
    return { ...answer, ts: this.options.deviceNowMs() };
  }

  private async deliver(answer: CommandResponse): Promise<void> {
    if (await this.options.send(JSON.stringify(answer))) this.ledger.delivered(answer);
  }
}

function applied(order: Extract<Order, { kind: "configure" }>): Record<string, unknown> {
  const { kind: _, ...settings } = order;
  return settings;
}
