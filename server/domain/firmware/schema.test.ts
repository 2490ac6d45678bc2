import { describe, expect, test } from "vitest";
import { createFirmwareSchema, fetchArtifactSchema, fileNameSchema, startUploadSchema } from "./schema";

const FIRMWARE = { name: "Spring release", version: "2.4.0", deviceType: "milk_meter", releaseDate: "2026-03-01" };

describe("a firmware version as it is entered", () => {
  test("what is left out is nothing, not unknown", () => {
    expect(createFirmwareSchema.parse(FIRMWARE)).toEqual({
      ...FIRMWARE,
      manufacturer: "",
      compatibleModels: [],
      minPreviousVersion: null,
      isMandatory: false,
      releaseNotes: null,
      changelog: null,
      downloadUrl: null,
      artifactSha256: null,
      fileName: null,
      acceptsUnknownFormat: false,
    });
  });

  test.each([
    ["compatibleModels", " LF-200,LF-210 , LF-200,,", ["LF-200", "LF-210"]],
    ["compatibleModels", "", []],
    ["version", " 2.4.0-rc.1+b ", "2.4.0-rc.1+b"],
    ["minPreviousVersion", "", null],
    ["minPreviousVersion", "2.3.0", "2.3.0"],
    ["downloadUrl", "", null],
    ["artifactSha256", "A".repeat(64), "a".repeat(64)],
    ["changelog", "one\r\ntwo\n", "one\ntwo"],
  ])("%s %j is %j", (field, given, expected) => {
    expect(createFirmwareSchema.parse({ ...FIRMWARE, [field]: given })).toMatchObject({ [field]: expected });
  });

  test.each([
    ["name", ""],
    ["name", "x".repeat(121)],
    ["version", ""],
    ["version", "../2.4.0"],
    ["version", "2.4.0 beta"],
    ["version", "2.4/0"],
    ["version", "+2"],
    ["version", "2".repeat(51)],
    ["deviceType", "tractor"],
    ["deviceType", undefined],
    ["compatibleModels", Array.from({ length: 51 }, (_, index) => `M${index}`).join()],
    ["compatibleModels", "x".repeat(101)],
    ["minPreviousVersion", "2.4.0"],
    ["minPreviousVersion", "3.0.0"],
    ["minPreviousVersion", "v2.4.0+b"],
    ["releaseDate", "2026-02-30"],
    ["releaseDate", ""],
    ["downloadUrl", "http://firmware.example.com/a.bin"],
    ["downloadUrl", "https://169.254.169.254/"],
    ["artifactSha256", "abc"],
    ["fileName", "../a.bin"],
    ["releaseNotes", "x".repeat(4_001)],
  ])("%s %j is refused at its field", (field, given) => {
    const issues = createFirmwareSchema.safeParse({ ...FIRMWARE, [field]: given }).error?.issues;
    expect([...new Set(issues?.map(({ path }) => path[0]))]).toEqual([field]);
  });
});

describe("a file's name", () => {
  test.each(["mm-2.4.0.bin", "Firmware (final) v2.bin", "firmware..bin", ".hidden", "größer.hex"])("%j", (name) => {
    expect(fileNameSchema.safeParse(name).success).toBe(true);
  });

  test.each([
    "",
    " ",
    ".",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "a/b.bin",
    "C:\\a.bin",
    "..\\a.bin",
    "a\0.bin",
    "a\n.bin",
    "x".repeat(201),
    "C:evil",
  ])("not %j", (name) => {
    expect(fileNameSchema.safeParse(name).success).toBe(false);
  });
});

test.each([
  [{ fileName: "a.bin", sizeBytes: 0 }, false],
  [{ fileName: "a.bin", sizeBytes: 1.5 }, false],
  [{ fileName: "a.bin", sizeBytes: 1_073_741_824 }, true],
  [{ fileName: "a.bin", sizeBytes: 1_073_741_825 }, false],
  [{ fileName: "a.bin", sizeBytes: 10, expectedSha256: "f".repeat(63) }, false],
])("an upload of %j: %s", (input, expected) => {
  expect(startUploadSchema.safeParse(input).success).toBe(expected);
});

test("a file is fetched only over https, its hash may be left out", () => {
  expect(fetchArtifactSchema.parse({ url: " https://firmware.example.com/a.bin ", expectedSha256: "" })).toEqual({
    url: "https://firmware.example.com/a.bin",
    expectedSha256: null,
  });
  expect(fetchArtifactSchema.safeParse({ url: "http://firmware.example.com/a.bin" }).success).toBe(false);
});
