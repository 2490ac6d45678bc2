import { createServer } from "node:net";

/** The first port from `first` on that nobody listens on, skipping those already promised. */
export async function freePort(first: number, host: string, promised: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = first; port <= 65_535; port++) {
    if (!promised.has(port) && (await isFree(port, host))) return port;
  }
  throw new Error(`No free port from ${first} on`);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
