// The grammar of semver.org, and nothing looser: everything else is compared by its natural segments.
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const LEADING_ZERO = /^0\d+$/;

/** Sorts below every segment: what ends first is the lower. */
const END = " ";

/**
 * A text that sorts, byte by byte, as versions do: `versionKey(a) < versionKey(b)` = a is the older. Two versions with
 * the same key have the same rank.
 *
 * Semantic versions (semver.org 2.0.0, a leading `v` is ignored): by major, minor, patch; a pre-release comes before its
 * release, its identifiers numerically or by ASCII; build metadata does not count.
 * Everything else falls back to its natural segments: runs of digits by value, runs of letters alphabetically without
 * case, a word before a number, trailing zeros ignored (`1.2` = `1.2.0`, `1.2b` < `1.2.1`, `R9` < `R10`). Both kinds are
 * one order: a semantic version compares with another scheme by its three numbers.
 */
export function versionKey(version: string): string {
  const text = version.trim().replace(/^v(?=\d)/i, "");
  const semver = SEMVER.exec(text);
  const identifiers = semver?.[4]?.split(".");
  if (!semver || identifiers?.some((identifier) => LEADING_ZERO.test(identifier))) return `${segmentsKey(naturalSegments(text))}r`;
  const core = segmentsKey(semver.slice(1, 4));
  return identifiers ? `${core}p${identifiers.map(identifierKey).join("")}${END}` : `${core}r`;
}

/** Negative when `a` is the older version, 0 when they have the same rank. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [versionKey(a), versionKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether a version is written as semver.org has it; others are put in order by their natural segments. */
export function isSemanticVersion(version: string): boolean {
  const identifiers = SEMVER.exec(version)?.[4]?.split(".") ?? [];
  return SEMVER.test(version) && !identifiers.some((identifier) => LEADING_ZERO.test(identifier));
}

function naturalSegments(text: string): string[] {
  return text.toLowerCase().match(/\d+|[a-z]+/g) ?? [];
}

function segmentsKey(segments: readonly string[]): string {
  const last = segments.findLastIndex((segment) => !/^0+$/.test(segment));
  return (
    segments
      .slice(0, last + 1)
      .map(segmentKey)
      .join("") + END
  );
}

/** Words sort before numbers. */
function segmentKey(segment: string): string {
  return /^\d/.test(segment) ? numberKey(segment) : `a${segment}${END}`;
}

/** Numbers sort before words. */
function identifierKey(identifier: string): string {
  return /^\d+$/.test(identifier) ? numberKey(identifier) : `t${identifier}${END}`;
}

/** Its length first, so that 10 comes after 9. */
function numberKey(digits: string): string {
  const value = digits.replace(/^0+(?=\d)/, "");
  return `n${String(value.length).padStart(2, "0")}${value}`;
}
