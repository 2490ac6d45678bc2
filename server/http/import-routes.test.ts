import { beforeAll, describe, expect, test, vi } from "vitest";
import { POST as takeCredentials } from "@/app/api/imports/[id]/credentials/route";
import { GET as exportRows } from "@/app/api/imports/[id]/rows/route";
import { POST as upload } from "@/app/api/imports/files/route";
import { GET as callGet, POST as importDevices } from "@/app/api/v1/iot/[...path]/route";
import { auth } from "@/server/auth/auth";
import { preparePerson } from "@/server/services/people/create-person";
import { requestKey, testFarm } from "@/server/testing/builders";
import { useDataFolder } from "@/server/testing/data-folder";
import { useTestDatabase } from "@/server/testing/database";

useDataFolder();
const database = useTestDatabase();
const PASSWORD = "milk-and-honey";
const API = "http://localhost/api/v1/iot/devices/import";
const FILES = "http://localhost/api/imports/files";

let farmCode: string;
let staff: string;
let viewer: string;
let stranger: string;

beforeAll(async () => {
  const { id: farmId, code } = await testFarm(database.db);
  farmCode = code;
  const { id: otherFarm } = await testFarm(database.db);
  staff = await signedIn("staff@farm.example", [{ farmId, role: "field_staff" }]);
  viewer = await signedIn("viewer@farm.example", [{ farmId, role: "viewer" }]);
  stranger = await signedIn("stranger@farm.example", [{ farmId: otherFarm, role: "farm_manager" }]);
});

async function signedIn(email: string, memberships: Parameters<typeof preparePerson>[0]["memberships"]): Promise<string> {
  await (await preparePerson({ name: "Somebody", email, password: PASSWORD, isAdmin: false, memberships })).create(database.db);
  const response = await auth().api.signInEmail({ body: { email, password: PASSWORD }, asResponse: true });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

function send(url: string, body: string, headers: Record<string, string> = {}): Request {
  return new Request(url, { method: "POST", body, headers: { cookie: staff, "content-type": "text/csv", ...headers } });
}

const ask = (cookie: string) => new Request("http://localhost", { headers: { cookie } });
const the = (id: string) => ({ params: Promise.resolve({ id }) });
const report = (cookie: string, id: string) => callGet(new Request(`${API}/${id}`, { headers: { cookie } }));
const problemOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];

interface Report {
  id: string;
  state: string;
  created: number;
  errors: number;
  wrongRows: unknown[];
}

async function ended(id: string): Promise<Report> {
  return vi.waitFor(
    async () => {
      const found = (await (await report(staff, id)).json()) as Report;
      expect(["done", "failed", "ready"]).toContain(found.state);
      return found;
    },
    { timeout: 20_000, interval: 100 },
  );
}

describe("POST /api/v1/iot/devices/import", () => {
  test("imports, and a repeat with the same key is the same import", async () => {
    const body = `device_id,name,device_type,farm_code,colour\nHT001,a,gate,${farmCode},red\nHT002,b,tractor,${farmCode},blue\n`;
    const post = () => importDevices(send(`${API}?onError=skip&issueCredentials=true`, body, { "idempotency-key": "once" }));
    const accepted = await post();
    expect(accepted.status).toBe(202);
    const { id } = (await accepted.json()) as Report;
    expect(accepted.headers.get("location")).toBe(`/api/v1/iot/devices/import/${id}`);
    expect(await ended(id)).toMatchObject({
      state: "done",
      created: 1,
      errors: 1,
      ignoredColumns: ["colour"],
      wrongRows: [{ row: 2, line: 3, deviceId: "HT002", issues: [{ field: "device_type" }] }],
    });
    expect(((await (await post()).json()) as Report).id).toBe(id);

    const key = requestKey();
    const passwords = await takeCredentials(
      send("http://localhost", JSON.stringify({ requestKey: key }), { "content-type": "application/json" }),
      the(id),
    );
    expect([passwords.status, passwords.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await passwords.text()).toMatch(/^HT001,a,.*,HT001,HT001,[\w-]{43}\r$/m);
    expect(await problemOf(await takeCredentials(send("http://localhost", JSON.stringify({ requestKey: requestKey() })), the(id)))).toEqual(
      [409, "conflict"],
    );
    const rows = await exportRows(ask(staff), the(id));
    expect(rows.headers.get("content-disposition")).toBe('attachment; filename="devices_result.csv"');
    expect(await rows.text()).toContain("HT001,a,gate");
  });

  test("a dry run writes nothing, and all or nothing fails when a row is wrong", async () => {
    const body = `device_id,name,device_type\nHT101,a,gate\nHT102,b,tractor\n`;
    const start = async (query: string) => ((await (await importDevices(send(`${API}?${query}`, body))).json()) as Report).id;
    expect(await ended(await start(`dryRun=true&onError=skip&defaultFarm=${farmCode.toLowerCase()}`))).toMatchObject({
      state: "ready",
      created: 0,
      verdicts: { create: 1, error: 1 },
    });
    expect(await ended(await start(`defaultFarm=${farmCode}`))).toMatchObject({
      state: "failed",
      created: 0,
      failure: expect.stringMatching(/1 row is wrong/) as string,
    });
    expect(await database.db.device.count({ where: { deviceId: { startsWith: "HT1" } } })).toBe(0);
  });

  test.each<[string, () => Request, number, string]>([
    ["nobody is signed in", () => send(API, "device_id\nHT001\n", { cookie: "" }), 401, "unauthenticated"],
    ["from another site", () => send(API, "device_id\nHT001\n", { "sec-fetch-site": "cross-site" }), 403, "forbidden"],
    ["a viewer", () => send(API, "device_id\nHT001\n", { cookie: viewer }), 403, "forbidden"],
    ["a form", () => send(API, "x", { "content-type": "multipart/form-data; boundary=x" }), 400, "invalid_input"],
    ["too long by its own word", () => send(API, "x", { "content-length": "999999999" }), 400, "invalid_input"],
    ["an unknown mode", () => send(`${API}?mode=replace`, "device_id\nHT001\n"), 400, "invalid_input"],
    ["an unknown farm", () => send(`${API}?defaultFarm=NOPE`, "device_id\nHT001\n"), 400, "invalid_input"],
    ["missing columns", () => send(API, "device_id,name\nHT001,a\n"), 400, "invalid_input"],
    ["no text", () => send(API, "device_id\nHT\0\n"), 400, "invalid_input"],
  ])("%s: a problem, and no import", async (_, request, status, code) => {
    const before = await database.db.importJob.count();
    expect(await problemOf(await importDevices(request()))).toEqual([status, code]);
    expect(await database.db.importJob.count()).toBe(before);
  });
});

describe("/api/imports", () => {
  test("a file becomes an import, by the name its header gives", async () => {
    const response = await upload(send(FILES, "device_id\nHT001\n", { "x-file-name": encodeURIComponent("Kälber/../ä.csv") }));
    expect(response.status).toBe(201);
    const { id } = (await response.json()) as { id: string };
    expect(await database.db.importJob.findUniqueOrThrow({ where: { id } })).toMatchObject({
      fileName: "Kälber_.._ä.csv",
      state: "uploaded",
    });
    // Somebody else's.
    expect(await problemOf(await exportRows(ask(stranger), the(id)))).toEqual([404, "not_found"]);
    expect(await problemOf(await report(stranger, id))).toEqual([404, "not_found"]);
    const theirs = await takeCredentials(
      send("http://localhost", JSON.stringify({ requestKey: requestKey() }), { cookie: stranger }),
      the(id),
    );
    expect(await problemOf(theirs)).toEqual([404, "not_found"]);
  });

  test("what cannot be read says why", async () => {
    const response = await upload(send(FILES, 'device_id,name\nHT001,"open\n'));
    expect(await response.json()).toMatchObject({
      status: 400,
      detail: "Line 2: a quote is opened and never closed. Close it, or take it out.",
    });
  });

  test.each([
    ["nobody", { cookie: "" }, 401],
    ["another site", { "sec-fetch-site": "cross-site" }, 403],
    ["a viewer", () => ({ cookie: viewer }), 403],
  ] as const)("not for %s", async (_, headers, status) => {
    expect((await upload(send(FILES, "device_id\nHT001\n", typeof headers === "function" ? headers() : headers))).status).toBe(status);
  });
});
