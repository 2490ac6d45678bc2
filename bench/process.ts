import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Secrets and settings that every process of ours asks for; what the caller has set stays. */
export function setSecrets(): void {
  process.env.SESSION_SECRET ??= randomBytes(32).toString("hex");
  process.env.CRON_SECRET ??= randomBytes(32).toString("hex");
}

/** Starts one of server/processes and waits until it serves. */
export async function startProcess(script: string, environment: Record<string, string>): Promise<{ stop(): Promise<void> }> {
  setSecrets();
  const env = { ...process.env, DATABASE_URL: "postgresql://unused", LOG_LEVEL: "warn", ...environment };
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", script], { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => {
      throw new Error(`${script} ended before it was ready`);
    }),
  ]);
  return {
    async stop() {
      const ended = once(child, "exit");
      child.send("stop");
      await ended;
    },
  };
}

/** Starts a script of the bench. */
export function startScript(script: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", script, ...args], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
