import { expect, test } from "vitest";
import { receiverUrlRefusal } from "./receiver-url";

test.each([
  ["https://hooks.example.com/dairy", undefined, undefined],
  ["http://hooks.example.com/dairy", "Only https:// addresses", "Only https:// addresses"],
  ["http://127.0.0.1:8080/", "Only https:// addresses", undefined],
  ["http://localhost:8080/a?b", "Only https:// addresses", undefined],
  ["http://[::1]:8080/", "Only https:// addresses", undefined],
  ["https://localhost/", "Only servers on the public internet", undefined],
  ["http://user:secret@localhost/", "Only https:// addresses", "Only https:// addresses"],
  ["http://localhost.evil.example/", "Only https:// addresses", "Only https:// addresses"],
  ["http://10.0.0.5/", "Only https:// addresses", "Only https:// addresses"],
  ["https://169.254.169.254/", "Only servers on the public internet", "Only servers on the public internet"],
  ["https://hooks.example.com:22/", "Only on port 443 or 8443", "Only on port 443 or 8443"],
  ["ftp://localhost/", "Only https:// addresses", "Only https:// addresses"],
  ["nonsense", "Not a web address", "Not a web address"],
])("%s", (url, refusal, onDevelopersMachine) => {
  expect(receiverUrlRefusal(url, { allowLoopback: false })).toBe(refusal);
  expect(receiverUrlRefusal(url, { allowLoopback: true })).toBe(onDevelopersMachine);
});
