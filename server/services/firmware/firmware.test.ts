import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "@/server/actor";
import type { FirmwareState } from "@/server/domain/firmware/vocabulary";
import { env } from "@/server/env";
import { actorWith, contextOf, testPerson } from "@/server/testing/builders";
import { useTestDatabase } from "@/server/testing/database";
import { firmwareInput, testArtifact } from "@/server/testing/firmware";
import { compareFirmwareVersions } from "./compare-versions";
import { createFirmware } from "./create-firmware";
import { deleteFirmware } from "./delete-firmware";
import { getFirmware } from "./get-firmware";
import { setFirmwareState } from "./set-firmware-state";
import { updateFirmware } from "./update-firmware";

const dataFolder = await mkdtemp(path.join(tmpdir(), "smart-dairy-firmware-"));
process.env.DATA_DIR = dataFolder;
const database = useTestDatabase();

afterAll(() => rm(dataFolder, { recursive: true, force: true }));

let admin: UserActor;
beforeAll(async () => {
  admin = await adminOf("Release manager");
});
beforeEach(() => database.db.firmwareVersion.deleteMany({}));
afterEach(() => {
  env().FIRMWARE_SECOND_PERSON = false;
});

/** One whose name is known. */
async function adminOf(name: string): Promise<UserActor> {
  const { id, email } = await testPerson(database.db, { name, isAdmin: true });
  return { ...actorWith("admin"), userId: id, name, email };
}

const ctx = (actor = admin, now = new Date()) => contextOf(database.db, actor, now);
const create = (given: Record<string, unknown> = {}) => createFirmware({ ctx: ctx(), input: firmwareInput(given) });
const get = (id: string, actor = admin) => getFirmware({ ctx: ctx(actor), input: { id } });
const step = (id: string, from: FirmwareState, to: FirmwareState, note: string | null = null, actor = admin) =>
  setFirmwareState({ ctx: ctx(actor), input: { id, from, to, note } });

async function createWithFile(given: Record<string, unknown> = {}) {
  const artifactSha256 = await testArtifact(database.db, dataFolder);
  return { artifactSha256, ...(await create({ artifactSha256, fileName: "mm.elf", ...given })) };
}

describe("a version is added", () => {
  test("as a draft, with every field, who and when, and an entry in the audit log", async () => {
    const artifactSha256 = await testArtifact(database.db, dataFolder);
    const fields = {
      manufacturer: "Lactoflow",
      compatibleModels: "LF-200, LF-210",
      minPreviousVersion: "2.0.0",
      isMandatory: true,
      releaseNotes: "Better flow",
      changelog: "- flow",
      downloadUrl: "https://firmware.example.com/mm.elf?key=secret",
      fileName: "mm.elf",
    };
    const { id } = await create({ ...fields, artifactSha256 });
    expect(await get(id)).toMatchObject({
      ...fields,
      compatibleModels: ["LF-200", "LF-210"],
      name: "Spring release",
      releaseDate: "2026-03-01",
      state: "draft",
      sequence: null,
      sha256: artifactSha256,
      sizeBytes: 64,
      format: "elf",
      createdBy: "Release manager",
      deviceCount: 0,
      isSemantic: true,
      history: [{ from: null, to: "draft", by: "Release manager" }],
      steps: [{ to: "testing", refusal: null }],
    });
    const event = await database.db.auditEvent.findFirstOrThrow({ where: { action: "firmware.created" }, orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ subjectType: "firmware", subjectId: "milk_meter 2.4.0", farmId: null });
    expect(JSON.stringify(event.after)).not.toContain("secret");
  });

  test.each([
    ["2.4.0", "2.4.0 exists already for milk meters"],
    ["v2.4.0", "v2.4.0 ranks the same as 2.4.0, which exists already for milk meters"],
    ["2.4.0+build.7", "2.4.0+build.7 ranks the same as 2.4.0, which exists already for milk meters"],
  ])("not twice for one type: %s", async (version, message) => {
    await create();
    await expect(create({ version })).rejects.toMatchObject({ code: "conflict", fields: { version: message } });
    await create({ version, deviceType: "gate" });
    expect(await database.db.firmwareVersion.count()).toBe(2);
  });

  test("not twice by two people at once", async () => {
    const results = await Promise.allSettled([create(), create(), create()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    for (const result of results)
      if (result.status === "rejected") expect(result.reason).toMatchObject({ fields: { version: expect.any(String) as string } });
  });

  test.each([
    [
      "a file that is not in the store",
      { artifactSha256: "a".repeat(64) },
      { code: "not_found", fields: { artifactSha256: expect.any(String) as string } },
    ],
    [
      "a minimum that is not older",
      { minPreviousVersion: "2.4.0" },
      { code: "invalid_input", fields: { minPreviousVersion: expect.any(String) as string } },
    ],
    ["a type that there is not", { deviceType: "tractor" }, { code: "invalid_input" }],
    [
      "an inside address",
      { downloadUrl: "https://10.0.0.1/a" },
      { code: "invalid_input", fields: { downloadUrl: expect.any(String) as string } },
    ],
  ])("not with %s; nothing is written", async (_, given, refusal) => {
    const events = await database.db.auditEvent.count();
    await expect(create(given)).rejects.toMatchObject(refusal);
    expect([await database.db.firmwareVersion.count(), await database.db.auditEvent.count()]).toEqual([0, events]);
  });

  test("with a file in no known format only when somebody says it is right", async () => {
    const artifactSha256 = await testArtifact(database.db, dataFolder, { format: "unknown" });
    await expect(create({ artifactSha256 })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { acceptsUnknownFormat: expect.any(String) as string },
    });
    const { id } = await create({ artifactSha256, acceptsUnknownFormat: true });
    expect(await get(id)).toMatchObject({ format: "unknown" });
    // It was said; editing the name does not ask again.
    await updateFirmware({ ctx: ctx(), input: firmwareInput({ id, revision: 1, artifactSha256, name: "Renamed" }) });
  });
});

describe("a draft is edited", () => {
  test("by who has read its last revision", async () => {
    const { id } = await create();
    await updateFirmware({ ctx: ctx(), input: firmwareInput({ id, revision: 1, version: "2.5.0", compatibleModels: "LF-300" }) });
    expect(await get(id)).toMatchObject({ version: "2.5.0", compatibleModels: ["LF-300"], revision: 2 });
    await expect(updateFirmware({ ctx: ctx(), input: firmwareInput({ id, revision: 1, version: "2.6.0" }) })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await get(id)).version).toBe("2.5.0");
  });

  test("not to a version that another has", async () => {
    await create({ version: "2.5.0" });
    const { id } = await create();
    await expect(updateFirmware({ ctx: ctx(), input: firmwareInput({ id, revision: 1, version: "2.5.0" }) })).rejects.toMatchObject({
      code: "conflict",
      fields: { version: expect.any(String) as string },
    });
  });

  test("and deleted; its file is left to housekeeping", async () => {
    const { id, artifactSha256 } = await createWithFile();
    await deleteFirmware({ ctx: ctx(), input: { id } });
    await expect(get(id)).rejects.toMatchObject({ code: "not_found" });
    expect(await database.db.firmwareArtifact.count({ where: { sha256: artifactSha256 } })).toBe(1);
    await expect(deleteFirmware({ ctx: ctx(), input: { id } })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("its life", () => {
  test("draft → testing → stable → deprecated → testing, with who, when and why", async () => {
    const { id } = await createWithFile();
    const other = await adminOf("Second admin");
    await step(id, "draft", "testing", "On two meters first");
    await step(id, "testing", "stable", null, other);
    await step(id, "stable", "deprecated", "Counts twice at high flow");
    await step(id, "deprecated", "testing");
    const { history, state, sequence, steps } = await get(id);
    expect(history.map(({ from, to, by, note }) => [from, to, by, note])).toEqual([
      [null, "draft", "Release manager", null],
      ["draft", "testing", "Release manager", "On two meters first"],
      ["testing", "stable", "Second admin", null],
      ["stable", "deprecated", "Release manager", "Counts twice at high flow"],
      ["deprecated", "testing", "Release manager", null],
    ]);
    expect([state, sequence, steps.map(({ to }) => to)]).toEqual(["testing", 1, ["stable", "deprecated"]]);
    const actions = await database.db.auditEvent.findMany({ where: { subjectId: "milk_meter 2.4.0" }, orderBy: { seq: "desc" }, take: 4 });
    expect(actions.map(({ action }) => action)).toEqual(["firmware.testing", "firmware.deprecated", "firmware.stable", "firmware.testing"]);
  });

  test.each(["testing", "stable", "deprecated"] as const)("in %s nothing of it changes and it cannot be deleted", async (state) => {
    const { id, artifactSha256 } = await createWithFile();
    await step(id, "draft", "testing");
    if (state !== "testing") await step(id, "testing", state, "A reason");
    const before = await get(id);
    await expect(
      updateFirmware({ ctx: ctx(), input: firmwareInput({ id, revision: before.revision, artifactSha256, name: "Changed" }) }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(deleteFirmware({ ctx: ctx(), input: { id } })).rejects.toMatchObject({ code: "conflict" });
    expect(await get(id)).toEqual(before);
  });

  test("steps that there are not, or that somebody else has just taken, change nothing", async () => {
    const { id } = await createWithFile();
    await expect(step(id, "draft", "stable")).rejects.toMatchObject({ code: "conflict" });
    await expect(step(id, "testing", "stable")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Somebody else") as string,
    });
    const taken = await Promise.allSettled([step(id, "draft", "testing"), step(id, "draft", "testing")]);
    expect(taken.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(step(id, "testing", "deprecated")).rejects.toMatchObject({
      code: "invalid_input",
      fields: { note: expect.any(String) as string },
    });
    expect((await get(id)).history).toHaveLength(2);
  });

  test("without a file it stays a draft; also when the file is not where it should be", async () => {
    const { id } = await create();
    expect((await get(id)).steps).toEqual([{ to: "testing", refusal: "It has no file yet. Upload one first." }]);
    await expect(step(id, "draft", "testing")).rejects.toMatchObject({
      code: "conflict",
      message: "It has no file yet. Upload one first.",
    });
    const lost = await createWithFile({ version: "2.5.0" });
    await rm(path.join(dataFolder, "firmware", `${lost.artifactSha256}.bin`));
    await expect(step(lost.id, "draft", "testing")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("missing") as string,
    });
  });

  test("two people, when the installation asks for it", async () => {
    env().FIRMWARE_SECOND_PERSON = true;
    const { id } = await createWithFile();
    await step(id, "draft", "testing");
    await expect(step(id, "testing", "stable")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Somebody else must") as string,
    });
    expect((await get(id)).steps[0]).toEqual({ to: "stable", refusal: expect.stringContaining("Somebody else must") as string });
    const other = await adminOf("Another admin");
    expect((await get(id, other)).steps[0]).toEqual({ to: "stable", refusal: null });
    await step(id, "testing", "stable", null, other);
    expect((await get(id)).state).toBe("stable");
  });

  test("sequence numbers rise by type, drafts take none, and two at once do not share one", async () => {
    const made = [];
    for (const version of ["1.0.0", "1.1.0", "1.2.0", "0.9.0"]) made.push(await createWithFile({ version }));
    const gate = await createWithFile({ deviceType: "gate", version: "1.0.0" });
    await deleteFirmware({ ctx: ctx(), input: { id: (await create({ version: "7.0.0" })).id } });
    await Promise.all(made.slice(0, 2).map(({ id }) => step(id, "draft", "testing")));
    await step(made[3]!.id, "draft", "testing");
    await step(gate.id, "draft", "testing");
    const numbers = await Promise.all([...made, gate].map(async ({ id }) => (await get(id)).sequence));
    expect(numbers.slice(0, 2).sort()).toEqual([1, 2]);
    expect(numbers.slice(2)).toEqual([null, 3, 1]);
  });
});

describe("who may", () => {
  test.each(["farm_manager", "field_staff", "viewer"] as const)(
    "a %s reads what has left the draft, without the address it came from",
    async (role) => {
      const actor = actorWith(role, crypto.randomUUID());
      const { id } = await createWithFile({ downloadUrl: "https://firmware.example.com/a?key=secret" });
      await expect(get(id, actor)).rejects.toMatchObject({ code: "not_found" });
      await step(id, "draft", "testing");
      expect(await get(id, actor)).toMatchObject({ version: "2.4.0", downloadUrl: null, mayManage: false, steps: [] });
      const writes = [
        () => createFirmware({ ctx: ctx(actor), input: firmwareInput({ version: "9.0.0" }) }),
        () => updateFirmware({ ctx: ctx(actor), input: firmwareInput({ id, revision: 2 }) }),
        () => step(id, "testing", "stable", null, actor),
        () => deleteFirmware({ ctx: ctx(actor), input: { id } }),
      ];
      for (const write of writes) await expect(write()).rejects.toMatchObject({ code: "forbidden" });
    },
  );

  test("who has no farm sees none", async () => {
    await expect(get(crypto.randomUUID(), actorWith("viewer"))).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("two versions side by side", () => {
  test("with what changed in between, whichever comes first; drafts' words are for who may read them", async () => {
    const ids: Record<string, string> = {};
    for (const version of ["1.0.0", "1.2.0", "1.10.0", "2.0.0"])
      ids[version] = (
        await createWithFile({ version, changelog: `News of ${version}`, compatibleModels: version === "2.0.0" ? "LF-300" : "LF-200" })
      ).id;
    for (const version of ["1.0.0", "1.10.0"]) await step(ids[version]!, "draft", "testing");
    const compare = (fromId?: string, toId?: string, actor = admin) =>
      compareFirmwareVersions({ ctx: ctx(actor), input: { fromId, toId } });
    const forward = await compare(ids["1.0.0"], ids["2.0.0"]);
    expect(forward).toMatchObject({
      direction: "upgrade",
      addedModels: ["LF-300"],
      removedModels: ["LF-200"],
      sizeDifference: 0,
      isSameFile: false,
    });
    expect(forward.changelogs.map(({ version }) => version)).toEqual(["2.0.0", "1.10.0", "1.2.0"]);
    expect(await compare(ids["2.0.0"], ids["1.0.0"])).toMatchObject({ direction: "downgrade", changelogs: forward.changelogs });
    const reader = actorWith("viewer", crypto.randomUUID());
    expect((await compare(ids["1.0.0"], ids["1.10.0"], reader)).changelogs.map(({ version }) => version)).toEqual(["1.10.0"]);
    await expect(compare(ids["1.0.0"], ids["2.0.0"], reader)).rejects.toMatchObject({ code: "not_found" });
  });

  test("not of different types", async () => {
    const [meter, gate] = [await create(), await create({ deviceType: "gate" })];
    await expect(compareFirmwareVersions({ ctx: ctx(), input: { fromId: meter.id, toId: gate.id } })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
