import { createHash, randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Database } from "@/server/db/client";
import type { FirmwareFormat } from "@/server/domain/firmware/vocabulary";

/** A file in the store below `dataFolder`, another one each time. @returns its SHA-256 */
export async function testArtifact(
  db: Database,
  dataFolder: string,
  { format = "elf", sizeBytes = 64 }: { format?: FirmwareFormat; sizeBytes?: number } = {},
): Promise<string> {
  const content = randomBytes(sizeBytes);
  const sha256 = createHash("sha256").update(content).digest("hex");
  await mkdir(path.join(dataFolder, "firmware"), { recursive: true });
  await writeFile(path.join(dataFolder, "firmware", `${sha256}.bin`), content);
  await db.firmwareArtifact.create({ data: { sha256, sizeBytes, format } });
  return sha256;
}

/** A filled-in form; `given` is what a test is about. */
export function firmwareInput(given: Record<string, unknown> = {}) {
  return { name: "Spring release", version: "2.4.0", deviceType: "milk_meter", releaseDate: "2026-03-01", ...given };
}
