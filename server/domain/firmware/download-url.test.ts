import { expect, test } from "vitest";
import { checkDownloadUrl, downloadUrl, type LinkSecret } from "./download-url";

/** Says what was signed, so that a test can see it. */
const SECRET: LinkSecret = {
  sign: (text) => Buffer.from(text).toString("base64url"),
  matches: (text, signature) => Buffer.from(text).toString("base64url") === signature,
};
const EXPIRES = new Date("2026-06-01T12:00:00.900Z");
const SHA256 = "ab".repeat(32);

function presented(change: Record<string, string> = {}) {
  const url = new URL(downloadUrl({ publicUrl: "https://dairy.example", sha256: SHA256, deviceId: "MM001", expiresAt: EXPIRES }, SECRET));
  const [deviceId, expires, signature] = ["device", "expires", "signature"].map((name) => url.searchParams.get(name) ?? "");
  return { sha256: url.pathname.split("/").at(-1)!, deviceId: deviceId!, expires: expires!, signature: signature!, ...change };
}

test("a link names the server, the file, the device and the second it expires", () => {
  const url = downloadUrl({ publicUrl: "https://dairy.example/", sha256: SHA256, deviceId: "MM001", expiresAt: EXPIRES }, SECRET);
  expect(url).toMatch(
    new RegExp(`^https://dairy\\.example/api/v1/iot/firmware/download/${SHA256}\\?device=MM001&expires=1780315200&signature=[\\w-]+$`),
  );
});

test.each([
  ["as made", {}, "2026-06-01T11:59:59.999Z", "valid"],
  ["at its last second", {}, "2026-06-01T12:00:00.000Z", "expired"],
  ["with another file", { sha256: "cd".repeat(32) }, "2026-06-01T11:00:00Z", "forged"],
  ["with another device", { deviceId: "MM002" }, "2026-06-01T11:00:00Z", "forged"],
  ["with more time", { expires: "1780401600" }, "2026-06-01T11:00:00Z", "forged"],
  ["with the same second spelled otherwise", { expires: "1780315200.0" }, "2026-06-01T11:00:00Z", "forged"],
  ["without a signature", { signature: "" }, "2026-06-01T11:00:00Z", "forged"],
  ["with its parts moved", { sha256: `${SHA256}|MM001`, deviceId: "1780315200", expires: "" }, "2026-06-01T11:00:00Z", "forged"],
])("%s it is %3$s", (_, change, now, expected) => {
  expect(checkDownloadUrl(presented(change), new Date(now), SECRET)).toBe(expected);
});
