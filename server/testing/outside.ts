import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { connect } from "node:tls";
import { afterEach } from "vitest";
import type { Outside } from "@/server/services/net/safe-fetch";
import { selfSigned } from "./self-signed";

/** An outside in which every name leads to one public address, and that to a TLS server of the test, which is `host`. */
export function useOutside(host: string) {
  const { key, cert } = selfSigned(host);
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  return async function outsideOf(listener: RequestListener, { addresses = ["1.1.1.1"], trusts = cert } = {}) {
    const server = createServer({ key, cert }, listener).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    const asked: string[] = [];
    const outside: Outside = {
      resolve: (name) => {
        asked.push(name);
        return Promise.resolve(addresses);
      },
      connect: ({ address, host: name, port }) => {
        asked.push(`${address}:${port}`);
        return connect({ host: "127.0.0.1", port: (server.address() as AddressInfo).port, servername: name, ca: trusts });
      },
    };
    return { outside, asked };
  };
}
