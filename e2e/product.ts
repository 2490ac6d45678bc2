import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../server/processes/ports";

const START_TIMEOUT_MS = 120_000;

interface ProductOptions {
  demo?: boolean;
  /** Further settings, as an operator would make them. */
  settings?: Record<string, string>;
}

type Ports = Record<"PORT" | "MQTT_PORT" | "MQTT_WS_PORT", string>;

/** The whole product, started as a user starts it, on ports and in a data folder of its own. */
export class Product {
  readonly dataFolder: string;
  readonly #ports: Ports;
  readonly #demo: boolean;
  readonly #settings: Record<string, string>;
  #process: ChildProcess | undefined;
  output = "";

  private constructor(dataFolder: string, ports: Ports, { demo = false, settings = {} }: ProductOptions) {
    this.dataFolder = dataFolder;
    this.#ports = ports;
    this.#demo = demo;
    this.#settings = settings;
  }

  static async start(options: ProductOptions = {}): Promise<Product> {
    const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-e2e-"));
    const first = 20_000 + Math.floor(Math.random() * 20_000);
    const web = await freePort(first, "127.0.0.1");
    const mqtt = await freePort(web + 1, "127.0.0.1");
    const webSocket = await freePort(mqtt + 1, "127.0.0.1");
    const ports = { PORT: String(web), MQTT_PORT: String(mqtt), MQTT_WS_PORT: String(webSocket) };
    const product = new Product(dataFolder, ports, options);
    await product.start();
    return product;
  }

  get url(): string {
    return `http://localhost:${this.#ports.PORT}`;
  }

  get mqttUrl(): string {
    return `mqtt://127.0.0.1:${this.#ports.MQTT_PORT}`;
  }

  /** Of the supervisor. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** As printed for the operator. */
  get setupCode(): string {
    return /Setup code (\S+)/.exec(this.output)?.[1] ?? "";
  }

  async start(): Promise<void> {
    this.output = "";
    const args = ["--import", "tsx", "server/processes/supervisor.ts", ...(this.#demo ? ["--demo"] : [])];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...this.#ports, ...this.#settings, DATA_DIR: this.dataFolder, DATABASE_URL: "", MQTT_URL: "" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The product did not start:\n${this.output}`)), START_TIMEOUT_MS);
      const onData = (chunk: Buffer) => {
        this.output += chunk.toString();
        if (!this.output.includes("Smart Dairy is running")) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on("data", onData);
      child.stderr.on("data", onData);
      child.once("exit", () => reject(new Error(`The product ended:\n${this.output}`)));
    });
  }

  /** Ctrl-C. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGINT");
    await exited;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}
