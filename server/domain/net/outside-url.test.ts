import { describe, expect, test } from "vitest";
import { outsideUrlRefusal } from "./outside-url";

describe("URLs the server fetches from", () => {
  test.each([
    "https://firmware.example.com/mm/2.4.0.bin",
    "https://dl.example.org:8443/a?token=b#c",
    "https://1.1.1.1/a",
    "https://[2606:4700::1111]/",
  ])("%s", (url) => {
    expect(outsideUrlRefusal(url)).toBeUndefined();
  });

  test.each([
    ["", "Not a web address"],
    ["firmware.bin", "Not a web address"],
    ["http://firmware.example.com/a", "Only https:// addresses"],
    ["ftp://firmware.example.com/a", "Only https:// addresses"],
    ["file:///etc/passwd", "Only https:// addresses"],
    ["gopher://firmware.example.com/", "Only https:// addresses"],
    ["https://user@firmware.example.com/", "Without user name and password"],
    ["https://firmware.example.com@127.0.0.1/", "Without user name and password"],
    ["https://firmware.example.com:22/", "Only on port 443 or 8443"],
    ["https://localhost/", "Only servers on the public internet"],
    ["https://LOCALHOST./", "Only servers on the public internet"],
    ["https://db/", "Only servers on the public internet"],
    ["https://printer.local/", "Only servers on the public internet"],
    ["https://metadata.google.internal/", "Only servers on the public internet"],
    ["https://127.0.0.1/", "Only servers on the public internet"],
    ["https://127.1/", "Only servers on the public internet"],
    ["https://2130706433/", "Only servers on the public internet"],
    ["https://0x7f.0.0.1/", "Only servers on the public internet"],
    ["https://0177.0.0.1/", "Only servers on the public internet"],
    ["https://169.254.169.254/latest/meta-data", "Only servers on the public internet"],
    ["https://[::1]/", "Only servers on the public internet"],
    ["https://[::ffff:127.0.0.1]/", "Only servers on the public internet"],
    ["https://[fd00::1]:8443/", "Only servers on the public internet"],
  ])("%j: %s", (url, reason) => {
    expect(outsideUrlRefusal(url)).toBe(reason);
  });

  test("only those on the list, when there is one", () => {
    expect(outsideUrlRefusal("https://firmware.example.com/a", ["firmware.example.com"])).toBeUndefined();
    expect(outsideUrlRefusal("https://evil.example.com/a", ["firmware.example.com"])).toBe("Only from firmware.example.com");
    expect(outsideUrlRefusal("https://firmware.example.com.evil.example/", ["firmware.example.com"])).toBe(
      "Only from firmware.example.com",
    );
    expect(outsideUrlRefusal("https://FIRMWARE.example.com./a", ["firmware.example.com"])).toBeUndefined();
  });
});
