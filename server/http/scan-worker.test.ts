import { Script } from "node:vm";
import { expect, test } from "vitest";
import { GET } from "@/app/scan/worker.js/route";

test("the scanner's service worker is one script that may rule over /scan", async () => {
  const answer = await GET();
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "no-cache",
    "service-worker-allowed": "/scan",
  });
  const script = await answer.text();
  expect(() => new Script(script)).not.toThrow();
  // Nothing of the server comes along.
  expect(script).not.toMatch(/process\.env|require\(/);
  expect(script.length).toBeLessThan(80_000);
});
