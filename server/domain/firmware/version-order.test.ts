import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareVersions, isSemanticVersion, versionKey } from "./version-order";

const ASCENDING = [
  // semver.org, 11.4
  ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0"],
  ["1.0.0", "2.0.0", "2.1.0", "2.1.1", "2.10.0", "10.0.0"],
  ["0.0.9", "0.0.10", "0.9.0", "1.0.0-0", "1.0.0-a", "1.0.0-a-b", "1.0.0"],
  ["1.0.0-A", "1.0.0-a"],
  ["99999999999999999998.0.0", "99999999999999999999.0.0", "100000000000000000000.0.0"],
  // Natural segments.
  ["R9", "R10", "R10a", "R10b", "R11"],
  ["1.2", "1.2b", "1.2.1", "1.3"],
  ["2023.12", "2024.1", "2024.02", "2024.10"],
  ["2024-05-01", "2024-11-02", "2025-01-01"],
  ["1.2.3", "1.2.3.1", "1.2.4"],
  ["build7", "build12"],
  // One with the other.
  ["1.9.9", "2.0", "2.0.1-rc.1", "2.0.1", "2.0.1.4"],
  ["alpha", "1.0.0"],
];

const EQUAL = [
  ["1.2.3", "v1.2.3", "V1.2.3", "1.2.3+build.7", " 1.2.3 "],
  ["1.2", "1.2.0", "1.2.0.0", "01.2"],
  ["R10", "r10", "r-10", "R.010"],
  ["2.0.0-rc.1", "v2.0.0-rc.1+x"],
];

describe("the order of versions", () => {
  test.each(ASCENDING.flatMap((versions) => versions.slice(1).map((version, index) => [versions[index]!, version] as const)))(
    "%s is older than %s",
    (older, newer) => {
      expect([Math.sign(compareVersions(older, newer)), Math.sign(compareVersions(newer, older))]).toEqual([-1, 1]);
    },
  );

  test.each(EQUAL.flatMap((versions) => versions.map((version) => [versions[0]!, version] as const)))("%s ranks as %s", (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });

  const anyVersion = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."012abR.-+ vé"), maxLength: 12 }),
    fc
      .tuple(fc.nat(12), fc.nat(12), fc.nat(12), fc.constantFrom("", "-rc.1", "-rc.02", "-a", "+b"))
      .map(([a, b, c, rest]) => `${a}.${b}.${c}${rest}`),
  );

  test("is the order of the keys' bytes, whatever a device reports", () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, (a, b) => {
        const bytes = Buffer.compare(Buffer.from(versionKey(a)), Buffer.from(versionKey(b)));
        expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(bytes));
        expect(versionKey(a)).toMatch(/^[ -~]*$/);
      }),
    );
  });

  test("of semantic versions agrees with semver.org's rules", () => {
    const identifier = fc.oneof(fc.nat(30).map(String), fc.constantFrom("a", "b", "ab", "A", "a-b", "-", "0a"));
    const semver = fc.record({ core: fc.tuple(fc.nat(11), fc.nat(11), fc.nat(11)), pre: fc.array(identifier, { maxLength: 3 }) });
    const write = ({ core, pre }: { core: number[]; pre: string[] }) => core.join(".") + (pre.length > 0 ? `-${pre.join(".")}` : "");
    const rule = (a: { core: number[]; pre: string[] }, b: { core: number[]; pre: string[] }): number => {
      for (const [index, number] of a.core.entries()) if (number !== b.core[index]) return number - b.core[index]!;
      if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
      for (const [index, left] of a.pre.entries()) {
        const right = b.pre[index];
        if (right === undefined) return 1;
        if (left === right) continue;
        const [isNumber, isOtherNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
        if (isNumber && isOtherNumber) return Number(left) - Number(right);
        if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
        return left < right ? -1 : 1;
      }
      return a.pre.length - b.pre.length;
    };
    fc.assert(
      fc.property(semver, semver, (a, b) => {
        expect(Math.sign(compareVersions(write(a), write(b)))).toBe(Math.sign(rule(a, b)));
      }),
      {
        numRuns: 2_000,
      },
    );
  });

  test.each([
    ["1.2.3", true],
    ["1.2.3-rc.1+b", true],
    ["1.2.3-rc.01", false],
    ["v1.2.3", false],
    ["1.2", false],
    ["01.2.3", false],
    ["R10", false],
  ])("%s is written as semver.org has it: %s", (version, expected) => {
    expect(isSemanticVersion(version)).toBe(expected);
  });
});
