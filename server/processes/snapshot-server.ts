import { chmod, rm } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import path from "node:path";

const SOCKET_NAME = "control";

/**
 * Takes snapshots for `npm run backup` while the product runs: `POST /snapshot` on a unix socket that only this user
 * may open answers with the folder it made.
 */
export async function serveSnapshots(socketFolder: string, take: () => Promise<string>): Promise<{ stop(): Promise<void> }> {
  const socket = path.join(socketFolder, SOCKET_NAME);
  await rm(socket, { force: true });
  const server: Server = createServer((incoming, response) => {
    if (incoming.method !== "POST" || incoming.url !== "/snapshot") return void response.writeHead(404).end();
    take().then(
      (folder) => response.writeHead(200).end(folder),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  await chmod(socket, 0o600);
  return {
    async stop() {
      await new Promise((resolve) => server.close(resolve));
      await rm(socket, { force: true });
    },
  };
}

/** Asks a running product for a snapshot. @returns the folder; whoever asked removes it */
export async function requestSnapshot(socketFolder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: path.join(socketFolder, SOCKET_NAME), path: "/snapshot", method: "POST" }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(`The snapshot failed: ${text || response.statusCode}`)),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}
