import { z } from "zod";
import { shorten } from "./describe-values";

const STATES = ["ok", "warning", "failed"] as const;
export type SelfTestState = (typeof STATES)[number];

/** More are not shown; a device with more sensors has a fault of its own. */
const MOST_SENSORS = 40;

const state = z.enum(STATES);
const bytes = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const milliseconds = z.number().min(-1e15).max(1e15);
const sensorName = z
  .string()
  .min(1)
  .transform((name) => shorten(name, 64));
const sensorValue = z.union([z.number(), z.boolean(), z.string().transform((text) => shorten(text, 60))]);

const PARTS = {
  storage: z.object({ state, freeBytes: bytes.optional(), totalBytes: bytes.optional() }),
  clock: z.object({ state, driftMs: milliseconds.optional() }),
  memory: z.object({ state, freeBytes: bytes.optional(), totalBytes: bytes.optional() }),
  connectivity: z.object({ state, signalStrength: z.number().min(-200).max(50).optional(), roundTripMs: milliseconds.optional() }),
  firmware: z.object({
    state,
    version: z.string().max(50).optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/)
      .optional(),
  }),
};

type SelfTestPart = keyof typeof PARTS;
const SELF_TEST_PARTS = Object.keys(PARTS) as SelfTestPart[];

export type SelfTest = { [Part in SelfTestPart]?: z.output<(typeof PARTS)[Part]> } & {
  sensors: { name: string; state: SelfTestState; value?: string | number | boolean }[];
  /** Parts that are there and cannot be read. */
  unreadable: (SelfTestPart | "sensors")[];
};

const sensorSchema = z.object({ name: sensorName, state, value: sensorValue.optional().catch(undefined) });

/**
 * Reads the result of a `diagnostic` command (docs/device-protocol.md, section 7). Never throws: each part stands for
 * itself, and what breaks the protocol is named instead of believed.
 */
export function readSelfTest(result: unknown): SelfTest {
  const source = isRecord(result) ? result : {};
  const test: SelfTest = { sensors: [], unreadable: [] };
  for (const part of SELF_TEST_PARTS) readPart(test, part, source[part]);
  if (source.sensors === undefined) return test;
  if (!Array.isArray(source.sensors)) return { ...test, unreadable: [...test.unreadable, "sensors"] };
  const sensors = source.sensors.slice(0, MOST_SENSORS).map((sensor) => sensorSchema.safeParse(sensor));
  for (const sensor of sensors)
    if (sensor.success && !test.sensors.some(({ name }) => name === sensor.data.name)) test.sensors.push(sensor.data);
  if (sensors.some((sensor) => !sensor.success)) test.unreadable.push("sensors");
  return test;
}

function readPart<Part extends SelfTestPart>(test: SelfTest, part: Part, value: unknown): void {
  if (value === undefined) return;
  const parsed = PARTS[part].safeParse(value);
  if (parsed.success) Object.assign(test, { [part]: parsed.data });
  else test.unreadable.push(part);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
