import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPTIONS, POST as create } from "@/app/api/firmware/uploads/route";
import { DELETE as terminate, GET as view, HEAD as head, PATCH as append } from "@/app/api/firmware/uploads/[id]/route";
import { GET as versions } from "@/app/api/v1/iot/[...path]/route";
import { auth } from "@/server/auth/auth";
import { preparePerson } from "@/server/services/people/create-person";
import { contextOf, actorWith, testFarm } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { firmwareInput } from "@/server/testing/firmware";
import { createFirmware } from "@/server/services/firmware/create-firmware";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-firmware-"));
process.env.DATA_DIR = dataFolder;
process.env.FIRMWARE_MAX_BYTES = "1000000";
const database = useTestDatabase();
const PASSWORD = "milk-and-honey";
const UPLOADS = "http://localhost/api/firmware/uploads";
const content = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), randomBytes(20_000)]);
const sha256 = createHash("sha256").update(content).digest("hex");

let adminCookie: string;
let viewerCookie: string;

afterAll(() => rm(dataFolder, { recursive: true, force: true }));

beforeAll(async () => {
  const { id: farmId } = await testFarm(database.db);
  adminCookie = await signedIn("admin@farm.example", { isAdmin: true, memberships: [] });
  viewerCookie = await signedIn("viewer@farm.example", { isAdmin: false, memberships: [{ farmId, role: "viewer" }] });
});

async function signedIn(email: string, rights: Pick<Parameters<typeof preparePerson>[0], "isAdmin" | "memberships">): Promise<string> {
  await (await preparePerson({ name: "Somebody", email, password: PASSWORD, ...rights })).create(database.db);
  const response = await auth().api.signInEmail({ body: { email, password: PASSWORD }, asResponse: true });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

function request(url: string, method: string, headers: Record<string, string> = {}, body?: BodyInit): Request {
  const init = { method, body, headers: { cookie: adminCookie, "tus-resumable": "1.0.0", ...headers }, duplex: "half" };
  return new Request(url, init);
}

function announce(headers: Record<string, string> = {}): Promise<Response> {
  const metadata = `filename ${base64("mm 2.4.0.elf")},sha256 ${base64(sha256)}`;
  return create(request(UPLOADS, "POST", { "upload-length": String(content.length), "upload-metadata": metadata, ...headers }));
}

type Handler = typeof head;
const at = (handler: Handler, location: string, method: string, headers: Record<string, string> = {}, body?: BodyInit) =>
  handler(request(`http://localhost${location}`, method, headers, body), {
    params: Promise.resolve({ id: location.split("/").at(-1) ?? "" }),
  });

const send = (location: string, offset: number, body: BodyInit, headers: Record<string, string> = {}) =>
  at(append, location, "PATCH", { "content-type": "application/offset+octet-stream", "upload-offset": String(offset), ...headers }, body);

describe("/api/firmware/uploads (tus 1.0)", () => {
  test("announce, send a part, ask how far it is, send the rest, see what became of it", async () => {
    const created = await announce();
    expect([created.status, created.headers.get("tus-resumable")]).toEqual([201, "1.0.0"]);
    const location = created.headers.get("location") ?? "";
    expect(location).toMatch(/^\/api\/firmware\/uploads\/[0-9a-f-]{36}$/);
    const first = await send(location, 0, content.subarray(0, 7_000));
    expect([first.status, first.headers.get("upload-offset")]).toEqual([204, "7000"]);
    const asked = await at(head, location, "HEAD");
    expect([
      asked.status,
      asked.headers.get("upload-offset"),
      asked.headers.get("upload-length"),
      asked.headers.get("cache-control"),
    ]).toEqual([200, "7000", String(content.length), "no-store"]);
    const second = await send(location, 7_000, content.subarray(7_000));
    expect([second.status, second.headers.get("upload-offset")]).toEqual([204, String(content.length)]);
    const response = await at(view, location, "GET");
    expect(await response.json()).toMatchObject({
      fileName: "mm 2.4.0.elf",
      artifact: { sha256, sizeBytes: content.length, format: "elf" },
      failure: null,
    });
  });

  test("says what it speaks", () => {
    const { headers, status } = OPTIONS();
    expect([status, headers.get("tus-version"), headers.get("tus-extension"), headers.get("tus-max-size")]).toEqual([
      204,
      "1.0.0",
      "creation,termination,expiration",
      "1000000",
    ]);
  });

  test("a connection that breaks leaves what has arrived", async () => {
    const location = (await announce()).headers.get("location") ?? "";
    let sent = 0;
    const breaking = new ReadableStream({
      pull: (controller) => {
        if (sent >= 8_000) controller.error(new Error("reset"));
        else controller.enqueue(new Uint8Array(content.subarray(sent, (sent += 4_000))));
      },
    });
    const response = await send(location, 0, breaking);
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    const offset = Number((await at(head, location, "HEAD")).headers.get("upload-offset"));
    expect(offset).toBeGreaterThan(0);
    expect((await send(location, offset, content.subarray(offset))).status).toBe(204);
  });

  test("given up, it is gone", async () => {
    const location = (await announce()).headers.get("location") ?? "";
    await send(location, 0, content.subarray(0, 10));
    expect((await at(terminate, location, "DELETE")).status).toBe(204);
    expect((await at(head, location, "HEAD")).status).toBe(404);
    expect((await readdir(path.join(dataFolder, "firmware"))).filter((name) => location.endsWith(name.split(".")[0] ?? ""))).toEqual([]);
  });

  test.each([
    ["from another site", { "sec-fetch-site": "cross-site" }, 403],
    ["from another origin", { origin: "https://evil.example", host: "localhost" }, 403],
    ["without a session", { cookie: "" }, 401],
    ["in another version", { "tus-resumable": "0.2.2" }, 412],
    ["without a length", { "upload-length": "" }, 400],
    ["of a negative length", { "upload-length": "-1" }, 400],
    ["of no length", { "upload-length": "0" }, 400],
    ["too large", { "upload-length": "1000001" }, 413],
    ["without a name", { "upload-metadata": "" }, 400],
    ["with a path for a name", { "upload-metadata": `filename ${base64("../../etc/passwd")}` }, 400],
    ["with half a hash", { "upload-metadata": `filename ${base64("a.bin")},sha256 ${base64("abc")}` }, 400],
  ] as [string, Record<string, string>, number][])("%s it is refused", async (_, headers, status) => {
    const before = await database.db.firmwareUpload.count();
    const response = await announce(headers);
    expect([response.status, await database.db.firmwareUpload.count()]).toEqual([status, before]);
  });

  test("nor by who only looks", async () => {
    expect((await announce({ cookie: viewerCookie })).status).toBe(403);
    const location = (await announce()).headers.get("location") ?? "";
    expect((await at(head, location, "HEAD", { cookie: viewerCookie })).status).toBe(403);
    expect((await send(location, 0, content, { cookie: viewerCookie })).status).toBe(403);
  });

  test.each([
    ["another offset", { "upload-offset": "5" }, 409],
    ["no offset", { "upload-offset": "x" }, 400],
    ["another type", { "content-type": "application/octet-stream" }, 415],
    ["another site", { "sec-fetch-site": "cross-site" }, 403],
  ] as [string, Record<string, string>, number][])("bytes with %s are refused", async (_, headers, status) => {
    const location = (await announce()).headers.get("location") ?? "";
    expect((await send(location, 0, content, headers)).status).toBe(status);
    expect((await at(head, location, "HEAD")).headers.get("upload-offset")).toBe("0");
  });

  test("another content than announced is refused as a problem", async () => {
    const location = (await announce()).headers.get("location") ?? "";
    const other = Buffer.concat([content.subarray(0, -1), Buffer.from([content.at(-1)! ^ 1])]);
    const response = await send(location, 0, other);
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    expect((await at(head, location, "HEAD")).status).toBe(410);
    expect(await response.json()).toMatchObject({ code: "invalid_input", fields: { expectedSha256: expect.any(String) as string } });
  });

  test.each(["/api/firmware/uploads/nope", "/api/firmware/uploads/..%2f..%2fsecrets.json", `/api/firmware/uploads/${crypto.randomUUID()}`])(
    "%s is not found",
    async (location) => {
      expect((await at(head, location, "HEAD")).status).toBe(404);
      expect((await send(location, 0, content)).status).toBe(404);
    },
  );
});

describe("GET /api/v1/iot/firmware/versions", () => {
  const get = (query: string, cookie = adminCookie) =>
    versions(new Request(`http://localhost/api/v1/iot/firmware/versions${query}`, { headers: cookie ? { cookie } : {} }));

  beforeAll(async () => {
    const ctx = contextOf(database.db, actorWith("admin"));
    for (const version of ["1.0.0", "1.1.0", "1.2.0"])
      await createFirmware({ ctx, input: firmwareInput({ version, deviceType: version === "1.0.0" ? "gate" : "collar" }) });
  });

  test("filters and goes on page by page", async () => {
    const first = (await (await get("?deviceType=collar&deviceType=gate&state=draft&pageSize=2")).json()) as {
      versions: unknown[];
      nextCursor: string;
    };
    expect(first.versions).toMatchObject([
      { version: "1.2.0", deviceType: "collar", state: "draft", deviceCount: 0 },
      { version: "1.1.0" },
    ]);
    const second: unknown = await (
      await get(`?deviceType=collar&deviceType=gate&state=draft&pageSize=2&cursor=${first.nextCursor}`)
    ).json();
    expect(second).toMatchObject({ versions: [{ version: "1.0.0", deviceType: "gate" }], nextCursor: null });
  });

  test.each([
    ["?deviceType=tractor", 400],
    ["?state=new", 400],
    ["?pageSize=0", 400],
    ["?pageSize=many", 400],
    ["?cursor=x", 400],
    ["?search=nothing", 200],
  ])("%s: %i", async (query, status) => {
    expect((await get(query)).status).toBe(status);
  });

  test("drafts are not for who only looks, nothing for who is not signed in", async () => {
    expect(await (await get("", viewerCookie)).json()).toEqual({ versions: [], nextCursor: null });
    expect((await get("", "")).status).toBe(401);
  });
});
