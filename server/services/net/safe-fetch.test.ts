import type { RequestListener } from "node:http";
import { beforeAll, describe, expect, test } from "vitest";
import { addressRefusal } from "@/server/domain/net/address-rules";
import { useOutside } from "@/server/testing/outside";
import { selfSigned } from "@/server/testing/self-signed";
import { INTERNET, openOutside, type Outside } from "./safe-fetch";

const HOST = "firmware.example.com";
const URL_OF_FILE = `https://${HOST}/mm/2.4.0.bin`;
const outsideOf = useOutside(HOST);

const open = (url: string, outside: Outside, allowedHosts: string[] = []) =>
  openOutside(url, { signal: AbortSignal.timeout(20_000), allowedHosts, outside });

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe("a file on another server", () => {
  test("is read from exactly the address that was checked, the name is asked once", async () => {
    const seen: unknown[] = [];
    const { outside, asked } = await outsideOf((request, response) => {
      seen.push([request.method, request.url, request.headers.host, request.headers["accept-encoding"], request.headers.cookie]);
      response.end("firmware");
    });
    const { sizeBytes, body } = await open(URL_OF_FILE, outside);
    expect([sizeBytes, await textOf(body)]).toEqual([8, "firmware"]);
    expect(asked).toEqual([HOST, "1.1.1.1:443"]);
    expect(seen).toEqual([["GET", "/mm/2.4.0.bin", HOST, "identity", undefined]]);
  });

  test("of unknown length", async () => {
    const { outside } = await outsideOf((_, response) => {
      response.write("firm");
      response.end("ware");
    });
    const { sizeBytes, body } = await open(URL_OF_FILE, outside);
    expect([sizeBytes, await textOf(body)]).toEqual([null, "firmware"]);
  });

  test.each([
    ["a redirect", 302, { location: "https://169.254.169.254/" }, /sends us on to another address/],
    ["a permanent redirect", 301, { location: URL_OF_FILE }, /sends us on/],
    ["nothing there", 404, {}, /answers 404/],
    ["a failure", 500, {}, /answers 500/],
    ["a part", 206, {}, /answers 206/],
    ["a web page", 200, { "content-type": "text/html; charset=utf-8" }, /web page/],
    ["compressed", 200, { "content-encoding": "gzip" }, /compressed/],
  ])("%s is refused", async (_, status, headers, message) => {
    const { outside } = await outsideOf((__, response) => void response.writeHead(status, headers).end("x"));
    await expect(open(URL_OF_FILE, outside)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { url: expect.stringMatching(message) as string },
    });
  });

  test("a certificate that nobody vouches for is refused", async () => {
    const { outside } = await outsideOf((_, response) => response.end("firmware"), { trusts: selfSigned("other.example.com").cert });
    await expect(open(URL_OF_FILE, outside)).rejects.toMatchObject({ fields: { url: "The server does not answer, or not securely" } });
  });

  test("a certificate of another name is refused", async () => {
    const { outside } = await outsideOf((_, response) => response.end("firmware"));
    await expect(open("https://other.example.com/a", outside)).rejects.toMatchObject({
      fields: { url: "The server does not answer, or not securely" },
    });
  });

  test("a transfer that is given up ends", async () => {
    const stop = new AbortController();
    const { outside } = await outsideOf((_, response) => void response.write("firm"));
    const { body } = await openOutside(URL_OF_FILE, { signal: stop.signal, allowedHosts: [], outside });
    const reading = textOf(body);
    stop.abort();
    await expect(reading).rejects.toThrow();
  });
});

describe("what is not public", () => {
  let reached: string[];
  let listener: RequestListener;
  beforeAll(() => {
    listener = (request, response) => {
      reached.push(request.url ?? "");
      response.end("secret");
    };
  });

  test.each([
    [["127.0.0.1"]],
    [["10.0.0.5"]],
    [["169.254.169.254"]],
    [["::1"]],
    [["fd00:ec2::254"]],
    [["::ffff:169.254.169.254"]],
    [["1.1.1.1", "10.0.0.5"]],
    [["10.0.0.5", "1.1.1.1"]],
    [["not an address"]],
    [[]],
  ])("a name that leads to %j is not connected to", async (addresses) => {
    reached = [];
    const { outside, asked } = await outsideOf(listener, { addresses });
    await expect(open(URL_OF_FILE, outside)).rejects.toMatchObject({ fields: { url: "Only servers on the public internet" } });
    expect([asked, reached]).toEqual([[HOST], []]);
  });

  test.each([
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://localhost/",
    "http://firmware.example.com/",
    "https://u:p@firmware.example.com/",
    "https://firmware.example.com:22/",
  ])("%s is not even looked up", async (url) => {
    reached = [];
    const { outside, asked } = await outsideOf(listener);
    await expect(open(url, outside)).rejects.toMatchObject({ code: "invalid_input" });
    expect([asked, reached]).toEqual([[], []]);
  });

  test("only servers on the list are asked, when there is one", async () => {
    const { outside, asked } = await outsideOf((_, response) => response.end("firmware"));
    await expect(open(URL_OF_FILE, outside, ["other.example.com"])).rejects.toMatchObject({
      fields: { url: "Only from other.example.com" },
    });
    expect(asked).toEqual([]);
    expect(await textOf((await open(URL_OF_FILE, outside, [HOST])).body)).toBe("firmware");
  });

  test("this machine's own name, as the real resolver has it", async () => {
    const addresses = await INTERNET.resolve("localhost");
    expect(addresses).not.toEqual([]);
    expect(addresses.map(addressRefusal)).toEqual(addresses.map(() => "not_public"));
  });
});
