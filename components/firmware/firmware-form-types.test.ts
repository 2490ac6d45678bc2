import { expect, test } from "vitest";
import { versionInName } from "./firmware-form-types";

test.each([
  ["mm-2.4.0.bin", "2.4.0"],
  ["mm-2.4.0-rc.1.bin", "2.4.0-rc.1"],
  ["LF200_v1.10.hex", "1.10"],
  ["2.4.0.elf", "2.4.0"],
  ["firmware 3.0.1 final.img", "3.0.1"],
  ["collar-1.2.3.tar.gz", "1.2.3"],
  ["firmware.bin", undefined],
  ["LF200.bin", undefined],
  ["R10.bin", undefined],
])("%s says %s", (fileName, version) => {
  expect(versionInName(fileName)).toBe(version);
});
