import { describe, expect, test } from "vitest";
import { readCommandLine } from "./command-line";
import { UsageError } from "./usage-error";

describe("command line", () => {
  test("fills in the defaults", () => {
    expect(readCommandLine(["--credentials", "a.json"])).toEqual({
      source: { kind: "credentials", file: "a.json" },
      url: "mqtt://localhost:1883",
      deviceLimit: Number.MAX_SAFE_INTEGER,
      intervalSeconds: 30,
      speedUp: 1,
      seed: 1,
      faults: "normal",
      updateFaults: {},
      stateFile: undefined,
    });
  });

  test("reads every option", () => {
    const typed =
      "--provision-url http://localhost:3000 --tokens t.json --save c.json --url mqtts://b:8883 --devices 5 --interval 2.5 --speed-up 60 --seed 9 --faults harsh --update-faults corrupt=0.1,brick=0.02 --state s.json";
    expect(readCommandLine(typed.split(" "))).toEqual({
      source: { kind: "tokens", file: "t.json", provisionUrl: "http://localhost:3000", saveFile: "c.json" },
      url: "mqtts://b:8883",
      deviceLimit: 5,
      intervalSeconds: 2.5,
      speedUp: 60,
      seed: 9,
      faults: "harsh",
      updateFaults: { corrupt: 0.1, brick: 0.02 },
      stateFile: "s.json",
    });
  });

  test("with tokens the broker is the server's to name", () => {
    expect(readCommandLine("--provision-url http://h --tokens t".split(" "))?.url).toBeUndefined();
  });

  test("help asks for nothing else", () => {
    expect(readCommandLine(["--help"])).toBeUndefined();
  });

  test.each([
    ["", /No credentials/],
    ["--devices 3", /No credentials/],
    ["--tokens t.json", /No credentials/],
    ["--credentials a --tokens t --provision-url http://h", /not both/],
    ["--credentials a --url localhost:1883", /--url must look like/],
    ["--credentials a --devices 0", /--devices/],
    ["--credentials a --devices 2.5", /whole number/],
    ["--credentials a --interval soon", /--interval/],
    ["--credentials a --speed-up 0", /--speed-up/],
    ["--credentials a --faults some", /none, normal, harsh/],
    ["--credentials a --update-faults melt=1", /melt/],
    ["--credentials a --update-faults slow", /slow=0\.1/],
    ["--credentials a --update-faults slow=2", /0 to 1/],
    ["--credentials a --update-faults slow=0.6,drop=0.6", /together/],
    ["--provision-url ftp://h --tokens t", /http or https/],
    ["--credentials a --nonsense 1", /nonsense/],
  ])("refuses “%s” with a reason", (typed, reason) => {
    const read = () => readCommandLine(typed.split(" ").filter(Boolean));
    expect(read).toThrow(UsageError);
    expect(read).toThrow(reason);
  });
});
