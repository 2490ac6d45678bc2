import { beforeAll, describe, expect, test } from "vitest";
import { GET as cronGet, POST as cronPost } from "@/app/api/cron/[job]/route";
import { POST as callProcedure } from "@/app/api/trpc/[trpc]/route";
import { POST as provision } from "@/app/api/v1/iot/provision/route";
import { GET as ready } from "@/app/api/readyz/route";
import { issueTokens } from "@/server/services/provisioning/issue-tokens";
import { actorWith, contextOf, requestKey, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";

const database = useTestDatabase();
const NONCE = "n".repeat(22);
let farmId: string;

beforeAll(async () => {
  farmId = (await testFarm(database.db)).id;
});

async function newToken() {
  const input = { farmId, type: "gate", requestKey: requestKey() };
  const [issued] = await issueTokens({ ctx: contextOf(database.db, actorWith("admin")), input });
  return issued!;
}

function redeem(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return provision(
    new Request("http://localhost/api/v1/iot/provision", {
      method: "POST",
      body: text,
      headers: { "content-type": "application/json", "x-smart-dairy-address": "192.0.2.9", ...headers },
    }),
  );
}

describe("POST /api/v1/iot/provision", () => {
  test("gives a device its credentials, uncached, and the same again for the same nonce", async () => {
    const body = { token: (await newToken()).token, nonce: NONCE };
    const first = await redeem(body);
    expect([first.status, first.headers.get("cache-control")]).toEqual([200, "no-store"]);
    const credentials: unknown = await first.json();
    expect(credentials).toMatchObject({
      deviceId: expect.stringMatching(/^GT/) as string,
      mqtt: { password: expect.any(String) as string },
      topics: { status: expect.any(String) as string },
    });
    expect(await (await redeem(body)).json()).toEqual(credentials);
  });

  test("takes the three words as well, and answers unknown, used and expired ones alike", async () => {
    const words = ["Barn Milk Tractor", (await newToken()).words, (await newToken()).words];
    expect((await redeem({ token: words[1]?.replaceAll("-", " "), nonce: NONCE })).status).toBe(200);
    await database.db.provisioningToken.updateMany({ where: { usedAt: null }, data: { expiresAt: new Date() } });
    const headers = { "x-request-id": "request-of-a-test" };
    const refusals = await Promise.all(words.map((token) => redeem({ token, nonce: "m".repeat(22) }, headers)));
    const answers = await Promise.all(
      refusals.map(async (response) => [response.status, await response.text(), [...response.headers].sort()]),
    );
    expect(answers[0]?.[0]).toBe(401);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test.each([
    ["an unknown token", { token: "x".repeat(43), nonce: NONCE }, 401, "unauthenticated"],
    ["no nonce", { token: "x".repeat(43) }, 400, "invalid_input"],
    ["no JSON", "{", 400, "invalid_input"],
    ["an array", "[]", 400, "invalid_input"],
    ["17 KB", JSON.stringify({ token: "x".repeat(17_000) }), 400, "invalid_input"],
  ])("%s is refused as a problem", async (_, body, status, code) => {
    const response = await redeem(body, { "x-request-id": "request-of-a-test" });
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect(await response.json()).toMatchObject({ code, requestId: "request-of-a-test" });
  });

  test("too many tries from one address have to wait", async () => {
    const responses = await Promise.all(
      Array.from({ length: 62 }, () => redeem({ token: "x".repeat(43), nonce: NONCE }, { "x-smart-dairy-address": "198.51.100.9" })),
    );
    const waiting = responses.filter((response) => response.status === 429);
    expect(waiting).toHaveLength(2);
    expect(Number(waiting[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("/api/cron/{job}", () => {
  const SECRET = process.env.CRON_SECRET ?? "";
  const call = (job: string, authorization?: string, handle = cronPost) =>
    handle(new Request(`http://localhost/api/cron/${job}`, { method: "POST", headers: authorization ? { authorization } : {} }), {
      params: Promise.resolve({ job }),
    });

  test("runs for who knows the secret, by GET or POST", async () => {
    for (const handle of [cronGet, cronPost]) {
      const response = await call("health", `Bearer ${SECRET}`, handle);
      expect([response.status, await response.json()]).toEqual([200, { changed: 0, raised: 0, resolved: 0 }]);
    }
  });

  test.each([undefined, "", "Bearer", "Bearer wrong", SECRET])("not with %j", async (authorization) => {
    expect((await call("health", authorization)).status).toBe(401);
  });

  test("unknown jobs are not found, only after the secret", async () => {
    expect((await call("nope", `Bearer ${SECRET}`)).status).toBe(404);
    expect((await call("nope", "Bearer wrong")).status).toBe(401);
  });

  test("two at once: one runs, the other is told 409", async () => {
    await database.db
      .$executeRaw`INSERT INTO lease (name, owner, expires_at) VALUES ('job:housekeeping', 'somebody', now() + interval '1 minute')`;
    expect((await call("housekeeping", `Bearer ${SECRET}`)).status).toBe(409);
  });
});

test("ready while the database answers", async () => {
  expect((await ready()).status).toBe(200);
});

describe("POST /api/trpc", () => {
  function post(body: BodyInit, headers: Record<string, string> = {}, procedure = "devices.count"): Promise<Response> {
    const init = { method: "POST", body, headers: { "content-type": "application/json", ...headers }, duplex: "half" };
    return callProcedure(new Request(`http://localhost/api/trpc/${procedure}`, init));
  }

  test("answers a query too: thousands of chosen devices do not fit into a URL", async () => {
    const deviceIds = Array.from({ length: 10_000 }, (_, index) => `MM${index}`);
    const response = await post(JSON.stringify({ json: { deviceIds } }));
    // Understood, and then refused for want of a session; without the override it were 405.
    expect([response.status, await response.text()]).toEqual([401, expect.stringContaining("Sign in first")]);
  });

  test("reads no more than its limit, whatever the headers claim", async () => {
    let sent = 0;
    const endless = new ReadableStream({ pull: (controller) => void controller.enqueue(new Uint8Array(65_536).fill(++sent > 0 ? 32 : 0)) });
    expect((await post(endless, { "content-length": "2" })).status).toBe(400);
    expect(sent).toBeLessThan(40);
  });

  test.each([
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "content-type": "text/plain" }, 400],
  ] as [Record<string, string>, number][])("%j is refused with %i", async (headers, status) => {
    expect((await post("{}", headers)).status).toBe(status);
  });
});
