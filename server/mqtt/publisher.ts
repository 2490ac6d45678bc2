import { setTimeout as sleep } from "node:timers/promises";
import type { MqttClient } from "mqtt";
import type { Database } from "@/server/db/client";
import { logFor } from "@/server/log";
import { claimDueCommands, type DueCommand } from "@/server/services/commands/dispatch-commands";
import { MinuteMeter } from "./minute-meter";
import type { CommandMessage } from "./payloads";
import { topicOf } from "./topics";

const log = logFor("publisher");

const POLL_MS = 250;
/** A small part of those under way: the broker is busy with the rest while the next are claimed. */
const BATCH = 225;
/** The embedded broker cuts a client with more than 1000 messages of QoS 2 under way. */
const MOST_UNDER_WAY = 4 * BATCH;
/** A broker that forgets to answer must not stop us; past the limit it closes the connection, and a new one is clean. */
const MOST_PATIENCE_MS = 15_000;

/**
 * Publishes what is due in the outbox until stopped. The broker's acknowledgement means nothing to us: only the
 * device's own response closes a command, and until then it is sent again.
 */
export class CommandPublisher {
  readonly #db: Database;
  readonly #client: MqttClient;
  readonly #qos: 1 | 2;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  /** Published and not answered to the end. */
  #underWay = 0;
  #answered: () => void = () => undefined;
  readonly #sent = new MinuteMeter();

  constructor(db: Database, client: MqttClient, qos: 1 | 2) {
    this.#db = db;
    this.#client = client;
    this.#qos = qos;
    this.#done = this.#run();
  }

  sentPerMinute(): number {
    return this.#sent.perMinute();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      if (this.#underWay > MOST_UNDER_WAY - BATCH) await this.#room();
      try {
        const commands = this.#client.connected ? await claimDueCommands(this.#db, BATCH, Math.random) : [];
        for (const command of commands) this.#publish(command);
        if (commands.length === BATCH) continue;
      } catch (error) {
        log.warn({ err: error }, "the outbox could not be read; trying again");
      }
      await sleep(POLL_MS);
    }
  }

  /** Until a batch fits again. */
  async #room(): Promise<void> {
    const patience = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(MOST_PATIENCE_MS)]);
    await new Promise<void>((resolve) => {
      patience.addEventListener("abort", () => resolve());
      this.#answered = () => this.#underWay <= MOST_UNDER_WAY - BATCH && resolve();
    });
  }

  #publish(command: DueCommand): void {
    const message: CommandMessage = {
      id: command.id,
      seq: command.seq,
      command: command.kind,
      issuedAt: command.issuedAt.toISOString(),
      expiresAt: command.expiresAt.toISOString(),
      params: command.payload,
    };
    this.#underWay++;
    this.#sent.add();
    this.#client.publish(topicOf(command.deviceId, "command"), JSON.stringify(message), { qos: this.#qos }, (error) => {
      this.#underWay--;
      this.#answered();
      if (error) log.debug({ err: error, commandId: command.id }, "publish failed; the command stays due");
    });
  }
}
