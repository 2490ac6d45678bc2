import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { deviceIdentitySchema, type DeviceIdentity } from "./device-identity";
import { UsageError } from "./usage-error";

const tokensSchema = z.array(z.string().min(1)).min(1);

/** Reads a credentials file. @throws UsageError that names the entry at fault */
export async function readCredentials(file: string): Promise<DeviceIdentity[]> {
  const identities = await readList(file, z.array(deviceIdentitySchema).min(1));
  const repeated = identities.find(({ deviceId }, index) => identities.findIndex((other) => other.deviceId === deviceId) !== index);
  if (repeated) throw new UsageError(`${file}: ${repeated.deviceId} is listed twice; two connections of one device close each other`);
  return identities;
}

/** Reads a file of provisioning tokens. @throws UsageError */
export function readTokens(file: string): Promise<string[]> {
  return readList(file, tokensSchema);
}

/** Writes a credentials file that its owner alone can read. */
export async function saveCredentials(file: string, identities: readonly DeviceIdentity[]): Promise<void> {
  await writeFile(file, `${JSON.stringify(identities, null, 2)}\n`, { mode: 0o600 });
}

async function readList<Item>(file: string, schema: z.ZodType<Item[]>): Promise<Item[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError(
    `${file}, ${issue?.path.length ? `entry ${issue.path.join(".")}` : "list"}: ${issue?.message ?? "unexpected content"}`,
  );
}
