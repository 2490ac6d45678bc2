import { lookup } from "node:dns/promises";
import { type IncomingMessage } from "node:http";
import { request } from "node:https";
import { isIP, type Socket } from "node:net";
import { connect } from "node:tls";
import { addressRefusal } from "@/server/domain/net/address-rules";
import { outsideUrlRefusal } from "@/server/domain/net/outside-url";
import { fieldError } from "@/server/errors";

const SILENT_MS = 30_000;

/** How the outside is reached. */
export interface Outside {
  /** Every address behind a name. */
  resolve(host: string): Promise<string[]>;
  /** A TLS connection to one address, whose certificate is the name's. */
  connect(target: { address: string; host: string; port: number }): Socket;
}

export const INTERNET: Outside = {
  resolve: async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
  connect: ({ address, host, port }) =>
    connect({ host: address, port, servername: isIP(host) ? undefined : host, ALPNProtocols: ["http/1.1"] }),
};

export interface OutsideFile {
  /** As the other server says; `null` = it does not. */
  sizeBytes: number | null;
  body: AsyncIterable<Uint8Array>;
}

interface OpenOptions {
  /** Ends the transfer, whenever it comes. */
  signal: AbortSignal;
  /** The only servers that may be asked; empty = any public one. */
  allowedHosts: readonly string[];
  outside?: Outside;
}

/**
 * Opens a file on another server for somebody who gave us its URL, and reaches nothing that is not public: the name is
 * resolved once, every address behind it must be public, and the connection goes to one of exactly these (so a name that
 * changes its mind in between gains nothing). https only, no redirects, no compression, no credentials.
 * @throws invalid_input at `url` with what stands in the way
 */
export async function openOutside(text: string, { signal, allowedHosts, outside = INTERNET }: OpenOptions): Promise<OutsideFile> {
  const refusal = outsideUrlRefusal(text, allowedHosts);
  if (refusal) throw refused(refusal);
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const address = await publicAddressOf(host, outside);
  const port = Number(url.port || 443);
  const response = await respond(url, signal, () => outside.connect({ address, host, port }));
  try {
    return { sizeBytes: requireFile(response), body: response };
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** The one address to connect to: every address behind the name must be public. @throws invalid_input at `url` */
export async function publicAddressOf(host: string, outside: Outside): Promise<string> {
  const addresses = isIP(host)
    ? [host]
    : await outside.resolve(host).catch((error: unknown) => {
        throw refused(`There is no server ${host}`, error);
      });
  const [first] = addresses;
  if (!first || addresses.some((address) => addressRefusal(address) !== undefined)) throw refused("Only servers on the public internet");
  return first;
}

function respond(url: URL, signal: AbortSignal, createConnection: () => Socket): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: "GET",
      signal,
      createConnection,
      // Without an agent Node takes 80 for granted, and says the port in the Host header.
      defaultPort: 443,
      headers: { accept: "application/octet-stream, */*;q=0.5", "accept-encoding": "identity", "user-agent": "smart-dairy" },
    });
    asked.setTimeout(SILENT_MS, () => asked.destroy(new Error("the other server fell silent")));
    asked.once("response", resolve);
    asked.once("error", (error) => reject(refused("The server does not answer, or not securely", error)));
    asked.end();
  });
}

/** @returns the length, when the other server says it */
function requireFile({ statusCode = 0, headers }: IncomingMessage): number | null {
  if (statusCode >= 300 && statusCode < 400)
    throw refused("The server sends us on to another address; give the address of the file itself");
  if (statusCode !== 200) throw refused(`The server answers ${statusCode} instead of the file`);
  const encoding = headers["content-encoding"];
  if (encoding && encoding !== "identity") throw refused("The server sends the file compressed");
  if (/^text\/html\b/i.test(headers["content-type"] ?? "")) throw refused("The server answers with a web page, not with a file");
  const length = Number(headers["content-length"] ?? NaN);
  return Number.isSafeInteger(length) ? length : null;
}

function refused(message: string, cause?: unknown) {
  const error = fieldError("invalid_input", "url", message);
  error.cause = cause;
  return error;
}
