import { createHash, randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Transaction } from "@/server/db/client";
import { sampleImage } from "@/server/domain/firmware/sample-image";
import { versionKey } from "@/server/domain/firmware/version-order";
import type { FirmwareFormat } from "@/server/domain/firmware/vocabulary";
import { addDays, dateOf, dayOf } from "@/server/domain/maintenance/calendar-day";
import { SAMPLE_FIRMWARE } from "./sample-firmware";

const DAY_MS = 86_400_000;
const STARTS: Partial<Record<FirmwareFormat, number[]>> = {
  cortex_m: [0x00, 0x80, 0x00, 0x20, 0x41, 0x01, 0x00, 0x08],
  esp_image: [0xe9, 0x04, 0x02, 0x20],
  mcuboot: [0x3d, 0xb8, 0xf3, 0x96],
  gzip: [0x1f, 0x8b, 0x08],
  elf: [0x7f, 0x45, 0x4c, 0x46],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  uf2: [0x55, 0x46, 0x32, 0x0a, 0x57, 0x51, 0x5d, 0x9e],
};

type Version = (typeof SAMPLE_FIRMWARE)[number];

/**
 * The sample releases with who moved them when, and their files in the store. The files begin like firmware and hold
 * nothing that a device could run; a bad build says so, and simulated devices suffer from it.
 */
export async function seedFirmware(
  tx: Transaction,
  { now, adminId, dataFolder }: { now: Date; adminId: string; dataFolder: string },
): Promise<void> {
  const rows = SAMPLE_FIRMWARE.map((firmware) => ({ firmware, id: randomUUID(), content: contentOf(firmware) }));
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await storeFiles(
    dataFolder,
    rows.flatMap(({ content }) => content ?? []),
  );
  await tx.firmwareArtifact.createMany({
    data: rows.flatMap(({ firmware, content }) =>
      content && firmware.file
        ? [{ sha256: hashOf(content), sizeBytes: content.length, format: firmware.file.format, createdById: adminId, createdAt: now }]
        : [],
    ),
  });
  const sequences = new Map<string, number>();
  await tx.firmwareVersion.createMany({
    data: rows.map(({ firmware, id, content }) => {
      const { deviceType, version, name, manufacturer, models, releasedDaysAgo, steps } = firmware;
      const sequence = steps.length > 0 ? (sequences.get(deviceType) ?? 0) + 1 : null;
      if (sequence) sequences.set(deviceType, sequence);
      return {
        id,
        name,
        version,
        versionKey: versionKey(version),
        deviceType,
        manufacturer,
        compatibleModels: [...models],
        minPreviousVersion: firmware.minPreviousVersion,
        isMandatory: firmware.isMandatory ?? false,
        artifactSha256: content && hashOf(content),
        fileName: content && `${manufacturer.toLowerCase()}-${version}.bin`,
        releaseDate: dateOf(addDays(dayOf(now), -releasedDaysAgo)),
        releaseNotes: firmware.releaseNotes,
        changelog: firmware.changelog,
        state: steps.at(-1)?.to ?? "draft",
        sequence,
        createdById: adminId,
        createdAt: daysAgo(releasedDaysAgo),
      };
    }),
  });
  await tx.firmwareStateChange.createMany({
    data: rows.flatMap(({ firmware, id }) => [
      { firmwareId: id, to: "draft" as const, at: daysAgo(firmware.releasedDaysAgo), actorId: adminId },
      ...firmware.steps.map(({ to, daysAgo: days, note }, index) => ({
        firmwareId: id,
        from: firmware.steps[index - 1]?.to ?? ("draft" as const),
        to,
        at: daysAgo(days),
        actorId: adminId,
        note,
      })),
    ]),
  });
}

function contentOf({ deviceType, version, file, faults }: Version): Buffer | undefined {
  if (!file) return undefined;
  if (faults) return Buffer.from(sampleImage({ type: deviceType, version, faults }));
  const content = Buffer.alloc(file.kilobytes * 1_000, createHash("sha256").update(`${deviceType} ${version}`).digest());
  Buffer.from(STARTS[file.format] ?? []).copy(content);
  return content;
}

async function storeFiles(dataFolder: string, contents: readonly Buffer[]): Promise<void> {
  const folder = path.join(dataFolder, "firmware");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await Promise.all(contents.map((content) => writeFile(path.join(folder, `${hashOf(content)}.bin`), content, { mode: 0o400 })));
}

function hashOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
