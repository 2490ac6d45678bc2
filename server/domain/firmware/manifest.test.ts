import { describe, expect, test } from "vitest";
import { manifestClaimsSchema, refusalOf, type ManifestClaims, type ManifestReader } from "./manifest";

const NOW = new Date("2026-06-01T12:00:00Z");
const SECONDS = NOW.getTime() / 1000;

const MANIFEST: ManifestClaims = {
  execution: "019776a1-6f0e-7c3a-9b1e-2f4d8c5a7e10",
  device: "MM001",
  deviceType: "milk_meter",
  manufacturer: "Lactoflow",
  models: ["LF-200", "LF-210"],
  version: "3.5.0",
  sequence: 7,
  sizeBytes: 1_000,
  sha256: "ab".repeat(32),
  allowDowngrade: false,
  iat: SECONDS,
  exp: SECONDS + 60,
};
const READER: ManifestReader = {
  deviceId: "MM001",
  type: "milk_meter",
  manufacturer: "Lactoflow",
  model: "LF-200",
  version: "3.4.1",
  sequence: 6,
};

describe("whether a device takes a manifest", () => {
  test.each<[string, Partial<ManifestClaims>, Partial<ManifestReader>, ReturnType<typeof refusalOf>]>([
    ["for it, newer", {}, {}, undefined],
    ["for another device", { device: "MM002" }, {}, "incompatible"],
    ["for another type", { deviceType: "gate" }, {}, "incompatible"],
    ["of another manufacturer", { manufacturer: "Rationa" }, {}, "incompatible"],
    ["of any manufacturer", { manufacturer: "" }, {}, undefined],
    ["for other models", { models: ["LF-300"] }, {}, "incompatible"],
    ["for every model", { models: [] }, {}, undefined],
    ["with its model written otherwise", { models: ["lf-200 "] }, {}, undefined],
    ["by a device that does not know what it is", {}, { manufacturer: undefined, model: undefined }, undefined],
    ["at the second it expires", { exp: SECONDS }, {}, "expired"],
    ["a second before it expires", { exp: SECONDS + 1 }, {}, undefined],
    ["of the version that runs", { version: "3.4.1" }, {}, "same_version"],
    ["of the version that runs, with a lower sequence", { version: "3.4.1", sequence: 1 }, {}, "same_version"],
    ["of a lower sequence", { sequence: 5 }, {}, "downgrade"],
    ["of the same sequence", { sequence: 6 }, {}, "downgrade"],
    ["of a lower sequence that is allowed", { sequence: 5, allowDowngrade: true }, {}, undefined],
    ["of a first sequence on a device from the works", { sequence: 1 }, { sequence: 0 }, undefined],
    ["that is for another device and expired", { device: "MM002", exp: SECONDS }, {}, "incompatible"],
  ])("%s", (_, manifest, reader, expected) => {
    expect(refusalOf({ ...MANIFEST, ...manifest }, { ...READER, ...reader }, NOW)).toBe(expected);
  });

  test("a device without a clock does not judge the expiry", () => {
    expect(refusalOf({ ...MANIFEST, exp: 1 }, READER, undefined)).toBeUndefined();
  });
});

test.each<[string, Record<string, unknown>]>([
  ["a hash in capitals", { sha256: "AB".repeat(32) }],
  ["a hash that is a path", { sha256: "../../etc/passwd" }],
  ["no size", { sizeBytes: 0 }],
  ["sequence 0", { sequence: 0 }],
  ["milliseconds as expiry", { exp: NOW.getTime() * 1000 }],
  ["an unknown type", { deviceType: "tractor" }],
])("claims with %s are none", (_, wrong) => {
  expect(manifestClaimsSchema.safeParse(MANIFEST).success).toBe(true);
  expect(manifestClaimsSchema.safeParse({ ...MANIFEST, ...wrong }).success).toBe(false);
});
