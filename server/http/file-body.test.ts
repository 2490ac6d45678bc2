import { randomBytes } from "node:crypto";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { fileBody } from "./file-body";

const SIZE = 2_000_000;
const folder = await mkdtemp(path.join(tmpdir(), "smart-dairy-body-"));
const file = path.join(folder, "firmware.bin");

beforeAll(() => writeFile(file, randomBytes(SIZE)));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function body(end = SIZE - 1) {
  const handle = await open(file, "r");
  const read = vi.spyOn(handle, "read");
  const close = vi.spyOn(handle, "close");
  const onEnd = vi.fn();
  return { stream: fileBody(handle, { start: 0, end }, { signal: new AbortController().signal, onEnd }), read, close, onEnd };
}

const turns = () => new Promise((resolve) => setTimeout(resolve, 50));

test("reads no further ahead than one chunk, however long nobody takes any", async () => {
  const { stream, read, close, onEnd } = await body();
  const reader = stream.getReader();
  await turns();
  expect(read).toHaveBeenCalledTimes(1);
  await reader.read();
  await turns();
  expect(read).toHaveBeenCalledTimes(2);
  await reader.cancel();
  expect([close.mock.calls.length, onEnd.mock.calls.length]).toEqual([1, 1]);
});

test("a file that turns out shorter breaks the body off instead of ending it early", async () => {
  const { stream, close, onEnd } = await body(SIZE + 5);
  await expect(new Response(stream).arrayBuffer()).rejects.toThrow("shorter");
  expect([close.mock.calls.length, onEnd.mock.calls.length]).toEqual([1, 1]);
});

test("who takes nothing for minutes loses the place", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const { stream, close, onEnd } = await body();
    const reader = stream.getReader();
    await reader.read();
    vi.advanceTimersByTime(299_000);
    expect(onEnd).not.toHaveBeenCalled();
    vi.advanceTimersByTime(300_000);
    expect([close.mock.calls.length, onEnd.mock.calls.length]).toEqual([1, 1]);
    await expect(reader.read()).rejects.toThrow("nobody takes the bytes");
  } finally {
    vi.useRealTimers();
  }
});
