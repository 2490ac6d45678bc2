import { afterEach, beforeEach } from "vitest";

/* eslint-disable no-console -- watching the console is what this file is for */
const original = console.error;
const unexpected: unknown[][] = [];

// A test that expects an error message spies on console.error itself; anything else that complains is a defect.
console.error = (...args: unknown[]) => {
  unexpected.push(args);
  original(...args);
};

beforeEach(() => {
  unexpected.length = 0;
});

afterEach(() => {
  const [first] = unexpected;
  if (first) throw new Error(`unexpected console.error: ${first.map(String).join(" ")}`);
});
