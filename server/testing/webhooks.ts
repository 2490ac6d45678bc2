import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import type { Database } from "@/server/db/client";
import type { WebhookMessage } from "@/server/domain/webhooks/payloads";
import { WEBHOOK_EVENT_TYPES } from "@/server/domain/webhooks/vocabulary";
import { createWebhook } from "@/server/services/webhooks/save-webhook";
import { actorWith, contextOf } from "./builders";

export interface Received {
  at: number;
  headers: IncomingHttpHeaders;
  body: string;
  message: WebhookMessage;
  /** The device it is about. */
  deviceId: string | undefined;
}

/** Answers a message, or does not. */
export type Behaviour = (response: ServerResponse, received: Received) => void;

export const answer =
  (status: number, headers: Record<string, string> = {}, body = "ok"): Behaviour =>
  (response) =>
    void response.writeHead(status, headers).end(body);
export const hang: Behaviour = () => undefined;
export const slam: Behaviour = (response) => void response.socket?.destroy();

export interface TestReceiver {
  url: string;
  received: Received[];
  behave: Behaviour;
}

/** Real servers on loopback that are gone after each test. */
export function useReceivers() {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  return async function startReceiver(behave: Behaviour = answer(200)): Promise<TestReceiver> {
    const receiver: TestReceiver = { url: "", received: [], behave };
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        const message = JSON.parse(body) as WebhookMessage;
        const { device } = message.data as { device?: { deviceId: string } };
        const received = { at: performance.now(), headers: request.headers, body, message, deviceId: device?.deviceId };
        receiver.received.push(received);
        receiver.behave(response, received);
      });
    }).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    return receiver;
  };
}

let counter = 0;

/** An endpoint that is told everything, if not said otherwise. */
export async function testWebhook(
  db: Database,
  url: string,
  given: Record<string, unknown> = {},
): Promise<{ id: string; secret: string; name: string }> {
  const endpoint = { name: `Webhook ${++counter}`, url, events: [...WEBHOOK_EVENT_TYPES], ...given };
  const made = await createWebhook({ ctx: contextOf(db, actorWith("admin")), input: { endpoint } });
  return { ...made, name: endpoint.name };
}

/** Makes what waits for its next attempt due at once. */
export async function hurry(db: Database): Promise<void> {
  await db.$executeRaw`UPDATE webhook_delivery SET due_at = now() - interval '1 second' WHERE state = 'waiting'`;
  await db.$executeRaw`UPDATE webhook_endpoint SET hold_until = NULL`;
}
