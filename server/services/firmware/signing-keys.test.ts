import { compactVerify, decodeProtectedHeader, importJWK } from "jose";
import { beforeEach, expect, test } from "vitest";
import { GET as publicKeys } from "@/app/api/v1/iot/firmware/keys/route";
import { ENDORSEMENT_TYPE, trustedKeysSchema, type FirmwareKey } from "@/server/domain/firmware/trusted-keys";
import { seal } from "@/server/services/seal";
import { actorWith, contextOf, requestKey, testDevice, testFarm } from "@/server/testing/builders";
import { countStatements } from "@/server/testing/count-statements";
import { useTestDatabase } from "@/server/testing/database";
import { rotateCredentials } from "../provisioning/rotate-credentials";
import { signManifests } from "./sign-manifest";
import { ensureSigningKey, listSigningKeys, rotateSigningKey, trustedKeys } from "./signing-keys";

const database = useTestDatabase();
const NOW = new Date("2026-06-01T12:00:00Z");

beforeEach(async () => void (await database.db.firmwareSigningKey.deleteMany()));

const ctx = () => contextOf(database.db, actorWith("admin"), NOW);
const rotate = (activeKid: string) => rotateSigningKey({ ctx: ctx(), input: { activeKid } });

function manifest(number: number) {
  return {
    execution: "019776a1-6f0e-7c3a-9b1e-2f4d8c5a7e10",
    device: `MM${String(number).padStart(4, "0")}`,
    deviceType: "milk_meter" as const,
    manufacturer: "",
    models: [],
    version: "3.5.0",
    sequence: 7,
    sizeBytes: 1_000,
    sha256: "ab".repeat(32),
    allowDowngrade: false,
    iat: 1_780_315_200,
    exp: 1_780_401_600,
  };
}

async function opens(jws: string, key: FirmwareKey): Promise<unknown> {
  const { payload } = await compactVerify(jws, await importJWK(key), { algorithms: ["EdDSA"] });
  return JSON.parse(new TextDecoder().decode(payload));
}

test("many who start at once make one key, and its private half is not in the clear", async () => {
  const keys = await Promise.all(Array.from({ length: 5 }, () => ensureSigningKey(database.db)));
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
  const [row] = await database.db.firmwareSigningKey.findMany();
  expect(await database.db.firmwareSigningKey.count()).toBe(1);
  expect(Buffer.from(row!.sealedPrivateKey!).toString("latin1")).not.toContain('"d"');
  expect(JSON.stringify(row!.publicJwk)).not.toContain('"d"');
});

test("manifests are signed by the published key, in order, with one read of the database", async () => {
  await ensureSigningKey(database.db);
  const manifests = Array.from({ length: 50 }, (_, index) => manifest(index));
  let signed: string[] = [];
  expect(await countStatements(async () => void (signed = await signManifests(database.db, manifests, NOW)))).toBe(1);
  const { keys } = await trustedKeys(database.db);
  expect(decodeProtectedHeader(signed[0]!)).toEqual({ alg: "EdDSA", kid: keys[0]!.kid, typ: "smartdairy-firmware+jwt" });
  expect(await Promise.all(signed.map((jws) => opens(jws, keys[0]!)))).toEqual(manifests);
  const [header, , signature] = signed[0]!.split(".");
  const forged = [header, Buffer.from(JSON.stringify(manifest(9_999))).toString("base64url"), signature].join(".");
  await expect(opens(forged, keys[0]!)).rejects.toThrow();
  expect(await signManifests(database.db, [], NOW)).toEqual([]);
});

test("a rotation keeps the former key trusted, wipes its private half, and leads from it to the new one", async () => {
  const first = await ensureSigningKey(database.db);
  const [before] = await signManifests(database.db, [manifest(1)], NOW);
  const { kid: second } = await rotate(first.kid);
  const [after] = await signManifests(database.db, [manifest(1)], NOW);
  expect([before, after].map((jws) => decodeProtectedHeader(jws!).kid)).toEqual([first.kid, second]);

  const afterFirst = await trustedKeys(database.db);
  expect(afterFirst.keys.map(({ kid }) => kid)).toEqual([second, first.kid]);
  await opens(before!, afterFirst.keys[1]!);
  const { kid: third } = await rotate(second);
  const trusted = await trustedKeys(database.db);
  expect(trusted.keys.map(({ kid }) => kid)).toEqual([third, second]);
  // Whoever knows the first key alone gets to the third.
  expect(trusted.endorsements.map((jws) => decodeProtectedHeader(jws))).toEqual([
    { alg: "EdDSA", kid: first.kid, typ: ENDORSEMENT_TYPE },
    { alg: "EdDSA", kid: second, typ: ENDORSEMENT_TYPE },
  ]);
  expect(await opens(trusted.endorsements[0]!, afterFirst.keys[1]!)).toEqual(trusted.keys[1]);
  expect(await opens(trusted.endorsements[1]!, trusted.keys[1]!)).toEqual(trusted.keys[0]);

  const rows = await database.db.firmwareSigningKey.findMany({ orderBy: { generation: "asc" } });
  expect(rows.map(({ retiredAt, sealedPrivateKey }) => [retiredAt, sealedPrivateKey === null])).toEqual([
    [NOW, true],
    [NOW, true],
    [null, false],
  ]);
  expect((await listSigningKeys({ ctx: ctx() })).map(({ kid, state, isEndorsed, canSign }) => [kid, state, isEndorsed, canSign])).toEqual([
    [third, "signs", true, true],
    [second, "trusted", true, false],
    [first.kid, "retired", true, false],
  ]);
  const audited = await database.db.auditEvent.findMany({ where: { subjectType: "firmware_signing_key" }, orderBy: { seq: "asc" } });
  expect(audited.map(({ subjectId, after }) => [subjectId, after])).toEqual([
    [second, { kid: second, isEndorsed: true }],
    [third, { kid: third, isEndorsed: true }],
  ]);
});

test("two who rotate at once rotate once", async () => {
  const { kid } = await ensureSigningKey(database.db);
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => rotate(kid)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
  expect(await database.db.firmwareSigningKey.count()).toBe(2);
});

test("a key that was sealed with another secret signs nothing; a rotation goes on without its word", async () => {
  const { kid, generation } = await ensureSigningKey(database.db);
  const foreign = seal("{}", new Uint8Array(32));
  await database.db.firmwareSigningKey.update({ where: { generation }, data: { sealedPrivateKey: foreign } });
  await expect(signManifests(database.db, [manifest(1)], NOW)).rejects.toMatchObject({ code: "unavailable" });
  expect(await listSigningKeys({ ctx: ctx() })).toMatchObject([{ kid, state: "signs", isEndorsed: true, canSign: false }]);
  const { kid: next } = await rotate(kid);
  expect((await trustedKeys(database.db)).endorsements).toEqual([]);
  expect((await listSigningKeys({ ctx: ctx() }))[0]).toMatchObject({ kid: next, isEndorsed: false, canSign: true });
  const [signed] = await signManifests(database.db, [manifest(1)], NOW);
  expect(decodeProtectedHeader(signed!).kid).toBe(next);
});

test("the keys are public, and in the credentials of a device", async () => {
  const trusted = await trustedKeys(database.db);
  const response = await publicKeys(new Request("http://localhost/api/v1/iot/firmware/keys"));
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "public, max-age=300"]);
  expect(trustedKeysSchema.parse(await response.json())).toEqual(trusted);
  const { id: farmId } = await testFarm(database.db);
  const { deviceId } = await testDevice(database.db, { farmId });
  const credentials = await rotateCredentials({ ctx: ctx(), input: { deviceId, requestKey: requestKey() } });
  expect(credentials.firmwareKeys).toEqual(trusted);
});
