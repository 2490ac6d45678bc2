import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { ReadyMessage } from "./lifecycle";

const FIRST_BACKOFF_MS = 250;
const LAST_BACKOFF_MS = 15_000;
/** A child that lived this long before it died starts again at once. */
const STABLE_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;

export interface ChildOptions {
  name: string;
  entry: string;
  args?: string[];
  environment: NodeJS.ProcessEnv;
  onEvent: (line: string) => void;
}

/** A supervised process: started, awaited until ready, restarted with back-off when it dies, stopped on request. */
export class SupervisedChild {
  readonly name: string;
  readonly #options: ChildOptions;
  #process: ChildProcess | undefined;
  #startedAt = 0;
  #deaths = 0;
  #stopping = false;

  constructor(options: ChildOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Resolves when the child serves. @throws when it dies before that */
  async start(): Promise<void> {
    const { entry, args = [], environment, onEvent } = this.#options;
    const child = spawn(process.execPath, ["--import", "tsx", entry, ...args], {
      env: environment,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#process = child;
    this.#startedAt = Date.now();
    const ready = new Promise<void>((resolve, reject) => {
      child.on("message", (message: ReadyMessage) => message.type === "ready" && resolve());
      child.once("exit", (code, signal) => reject(new Error(`${this.name} ended before it was ready (${signal ?? `exit code ${code}`})`)));
    });
    await ready;
    child.once("exit", (code, signal) => {
      if (this.#stopping) return;
      onEvent(`${this.name} died (${signal ?? `exit code ${code}`}), starting it again`);
      void this.#restart();
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    if (child.connected) child.send("stop");
    else child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(timer);
  }

  async #restart(): Promise<void> {
    while (!this.#stopping) {
      this.#deaths = Date.now() - this.#startedAt > STABLE_MS ? 0 : this.#deaths + 1;
      if (this.#deaths > 0) await sleep(Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.#deaths - 1)));
      if (this.#stopping) return;
      try {
        await this.start();
        this.#options.onEvent(`${this.name} is back`);
        return;
      } catch (error) {
        this.#options.onEvent(error instanceof Error ? error.message : String(error));
      }
    }
  }
}
