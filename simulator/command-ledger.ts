import type { CommandMessage, CommandResponse } from "@/server/mqtt/payloads";

const ANSWERS_KEPT = 32;

type Verdict = { kind: "execute" } | { kind: "repeat"; answer: CommandResponse } | { kind: "refuse"; error: string };

/**
 * What a device remembers about commands, restarts included: the highest `seq` it took and its last answers. It makes
 * a command that arrives twice happen once (docs/device-protocol.md, Commands).
 */
export class CommandLedger {
  private highestSeq = 0;
  private readonly answers = new Map<string, CommandResponse>();
  private readonly unsent = new Map<string, CommandResponse>();

  /** Decides about an arriving command; the clock is the device's own. */
  judge(command: CommandMessage, nowMs: number): Verdict {
    const answer = this.answers.get(command.id);
    if (answer) return { kind: "repeat", answer };
    if (command.seq <= this.highestSeq) return { kind: "refuse", error: `superseded: command ${this.highestSeq} was taken before` };
    if (nowMs >= Date.parse(command.expiresAt)) return { kind: "refuse", error: "expired before it arrived" };
    return { kind: "execute" };
  }

  /** Notes that a command was taken, whatever became of it; later ones must have a higher `seq`. */
  take(command: CommandMessage): void {
    this.highestSeq = Math.max(this.highestSeq, command.seq);
  }

  /** Notes an answer, to be sent now and again until it is delivered. */
  record(answer: CommandResponse): void {
    this.answers.delete(answer.id);
    this.answers.set(answer.id, answer);
    this.unsent.set(answer.id, answer);
    const oldest = this.answers.keys().next();
    if (this.answers.size > ANSWERS_KEPT && !oldest.done) this.answers.delete(oldest.value);
  }

  /** An answer has been acknowledged by the broker. A newer one for the same command stays due. */
  delivered(answer: CommandResponse): void {
    if (this.unsent.get(answer.id) === answer) this.unsent.delete(answer.id);
  }

  /** Answers no PUBACK has come for. */
  undelivered(): CommandResponse[] {
    return [...this.unsent.values()];
  }

  /** Commands that were acknowledged and have no outcome yet: after a boot, those the restart interrupted. */
  unfinished(): string[] {
    return [...this.answers.values()].filter((answer) => answer.state === "acknowledged").map((answer) => answer.id);
  }
}
