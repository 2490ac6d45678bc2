import { readFile } from "node:fs/promises";

/** The process that a supervisor runs for one of its parts. Linux only. @throws while there is none */
export async function childOf(supervisor: number, part: "broker" | "database" | "web" | "worker"): Promise<number> {
  const children = await readFile(`/proc/${supervisor}/task/${supervisor}/children`, "utf8");
  for (const pid of children.trim().split(/\s+/)) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (commandLine.includes(`server/processes/${part}.ts`)) return Number(pid);
  }
  throw new Error(`no ${part} runs`);
}
