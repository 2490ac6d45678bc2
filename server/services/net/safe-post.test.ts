import { expect, describe, test } from "vitest";
import { useOutside } from "@/server/testing/outside";
import { selfSigned } from "@/server/testing/self-signed";
import { hang, useReceivers } from "@/server/testing/webhooks";
import type { Outside } from "./safe-fetch";
import { postOutside } from "./safe-post";

const HOST = "hooks.example.com";
const URL_OF_HOOK = `https://${HOST}/dairy?key=1`;
const outsideOf = useOutside(HOST);
const startReceiver = useReceivers();

const post = (url: string, options: { outside?: Outside; allowLoopback?: boolean; timeoutMs?: number } = {}) =>
  postOutside(url, { headers: { "webhook-id": "1" }, body: `{"data":{}}`, timeoutMs: 5_000, allowLoopback: false, ...options });

describe("posting outside", () => {
  test("goes to exactly the address that was checked; the name is asked once", async () => {
    const seen: unknown[] = [];
    const { outside, asked } = await outsideOf((request, response) => {
      seen.push([request.method, request.url, request.headers.host, request.headers["webhook-id"], request.headers.cookie]);
      response.writeHead(201, { "retry-after": "5" }).end("thanks");
    });
    expect(await post(URL_OF_HOOK, { outside })).toMatchObject({ status: 201, excerpt: "thanks", retryAfter: "5", error: null });
    expect(asked).toEqual([HOST, "1.1.1.1:443"]);
    expect(seen).toEqual([["POST", "/dairy?key=1", HOST, "1", undefined]]);
  });

  test.each([["http://169.254.169.254/"], [URL_OF_HOOK], ["http://127.0.0.1:1/"]])("a redirect to %s is not followed", async (location) => {
    let requests = 0;
    const { outside } = await outsideOf((_, response) => {
      requests++;
      response.writeHead(307, { location }).end();
    });
    expect(await post(URL_OF_HOOK, { outside })).toMatchObject({ status: 307, error: "Redirects are not followed" });
    expect(requests).toBe(1);
  });

  test.each([
    [["127.0.0.1"]],
    [["10.0.0.5"]],
    [["169.254.169.254"]],
    [["::1"]],
    [["fd00:ec2::254"]],
    [["::ffff:10.0.0.1"]],
    [["1.1.1.1", "192.168.1.1"]],
    [[]],
  ])("a name that leads to %j is not connected to, on a developer's machine neither", async (addresses) => {
    const reached: unknown[] = [];
    const { outside, asked } = await outsideOf((request) => void reached.push(request.url), { addresses });
    for (const allowLoopback of [false, true]) {
      expect(await post(URL_OF_HOOK, { outside, allowLoopback })).toMatchObject({
        status: null,
        error: "Only servers on the public internet",
      });
    }
    expect([asked, reached]).toEqual([[HOST, HOST], []]);
  });

  test("a name that changes its mind between check and connection gains nothing", async () => {
    let answers = 0;
    const { outside } = await outsideOf((_, response) => response.end());
    const connected: string[] = [];
    const rebinding: Outside = {
      resolve: () => Promise.resolve(answers++ === 0 ? ["1.1.1.1"] : ["127.0.0.1"]),
      connect: (target) => {
        connected.push(target.address);
        return outside.connect(target);
      },
    };
    expect(await post(URL_OF_HOOK, { outside: rebinding })).toMatchObject({ status: 200 });
    expect([answers, connected]).toEqual([1, ["1.1.1.1"]]);
    expect(await post(URL_OF_HOOK, { outside: rebinding })).toMatchObject({ status: null, error: "Only servers on the public internet" });
    expect(connected).toHaveLength(1);
  });

  test.each(["https://127.0.0.1/", "https://localhost/", "http://hooks.example.com/", "https://u:p@hooks.example.com/", "nonsense"])(
    "%s is not even looked up",
    async (url) => {
      const { outside, asked } = await outsideOf((_, response) => response.end());
      expect(await post(url, { outside })).toMatchObject({ status: null, error: expect.any(String) as string });
      expect(asked).toEqual([]);
    },
  );

  test("a certificate that nobody vouches for is refused", async () => {
    const { outside } = await outsideOf((_, response) => response.end(), { trusts: selfSigned("other.example.com").cert });
    expect(await post(URL_OF_HOOK, { outside })).toMatchObject({ status: null, error: expect.stringMatching(/not securely/) as string });
  });

  test("a resolver that never answers ends with the time", async () => {
    const outside: Outside = { resolve: () => new Promise(() => undefined), connect: () => expect.fail("connected") };
    expect(await post(URL_OF_HOOK, { outside, timeoutMs: 200 })).toMatchObject({ status: null, error: "No answer within 0.2 s" });
  });

  test("a resolver that fails", async () => {
    const outside: Outside = { resolve: () => Promise.reject(new Error("ENOTFOUND")), connect: () => expect.fail("connected") };
    expect(await post(URL_OF_HOOK, { outside })).toMatchObject({ status: null, error: `There is no server ${HOST}` });
  });
});

describe("receivers on this machine", () => {
  test("only when the setting allows it", async () => {
    const receiver = await startReceiver();
    expect(await post(receiver.url)).toMatchObject({ status: null, error: "Only https:// addresses" });
    expect(receiver.received).toEqual([]);
    expect(await post(receiver.url, { allowLoopback: true })).toMatchObject({ status: 200, excerpt: "ok" });
    expect(await post(receiver.url.replace("127.0.0.1", "localhost"), { allowLoopback: true })).toMatchObject({ status: 200 });
  });

  test("that hang, and where nobody listens", async () => {
    const receiver = await startReceiver(hang);
    expect(await post(receiver.url, { allowLoopback: true, timeoutMs: 200 })).toMatchObject({
      status: null,
      error: "No answer within 0.2 s",
    });
    expect(await post("http://127.0.0.1:1/", { allowLoopback: true })).toMatchObject({ status: null, error: "Nobody listens there" });
  });
});
