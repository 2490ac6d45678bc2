import { expect, test } from "vitest";
import { DEVICE_TYPES } from "../devices/device-type";
import { fileFormatOf, FORMAT_HEAD_BYTES } from "./file-format";
import { labelOf, sampleImage } from "./sample-image";

test.each(DEVICE_TYPES)("an image for %s says what it is, and the store knows its format", (type) => {
  const image = sampleImage({ type, version: "3.5.0-rc.1" });
  expect(labelOf(image)).toEqual({ type, version: "3.5.0-rc.1" });
  expect(fileFormatOf(image.subarray(0, FORMAT_HEAD_BYTES))).toEqual({ format: "mcuboot" });
  expect(image.length).toBeGreaterThan(131_072);
});

test("a bad build says what is wrong with it", () => {
  const label = { type: "gate", version: "1.3.0", faults: { self_test: 0.5 } } as const;
  expect(labelOf(sampleImage(label))).toEqual(label);
});

test("one label, one file; another version, another file", () => {
  const image = sampleImage({ type: "gate", version: "1.3.0" });
  expect(Buffer.from(image).equals(sampleImage({ type: "gate", version: "1.3.0" }))).toBe(true);
  expect(Buffer.from(image.subarray(512)).includes(Buffer.from(sampleImage({ type: "gate", version: "1.3.1" }).subarray(512, 640)))).toBe(
    false,
  );
});

test.each([
  ["nothing", () => new Uint8Array()],
  ["an ELF program", () => Uint8Array.from({ length: 2_000 }, (_, index) => [0x7f, 0x45, 0x4c, 0x46][index] ?? index)],
  ["a label that is longer than its header", () => changed((image) => new DataView(image.buffer).setUint16(32, 600, true))],
  ["a label that is no JSON", () => changed((image) => image.fill(0x20, 34, 60))],
  ["a cut-off header", () => sampleImage({ type: "gate", version: "1" }).subarray(0, 100)],
])("%s has no label", (_, make) => {
  expect(labelOf(make())).toBeUndefined();
});

function changed(change: (image: Uint8Array<ArrayBuffer>) => void): Uint8Array {
  const image = sampleImage({ type: "gate", version: "1.3.0" });
  change(image);
  return image;
}
