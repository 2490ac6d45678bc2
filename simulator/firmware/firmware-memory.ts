import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { UsageError } from "../usage-error";
import type { Image } from "./flash";

const WRITE_DELAY_MS = 200;

const imagesSchema = z.record(
  z.string(),
  z.object({ version: z.string(), sequence: z.number().int().min(0), sha256: z.string().optional() }),
);

/** What simulated devices run, over restarts of the simulator: one file, written a moment after a change. */
export class FirmwareMemory {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly images: Map<string, Image>,
  ) {}

  /** @throws UsageError when the file is there and is something else */
  static async open(file: string): Promise<FirmwareMemory> {
    try {
      const images = imagesSchema.parse(JSON.parse(await readFile(file, "utf8")));
      return new FirmwareMemory(file, new Map(Object.entries(images).map(([id, image]) => [id, { sha256: undefined, ...image }])));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return new FirmwareMemory(file, new Map());
      throw new UsageError(`${file} does not hold what simulated devices run: ${(error as Error).message}`);
    }
  }

  imageOf(deviceId: string): Image | undefined {
    return this.images.get(deviceId);
  }

  keep(deviceId: string, image: Image): void {
    this.images.set(deviceId, image);
    this.timer ??= setTimeout(() => void this.flush(), WRITE_DELAY_MS);
  }

  /** Writes what has changed. */
  flush(): Promise<void> {
    if (!this.timer) return this.writing;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    await writeFile(`${this.file}.new`, JSON.stringify(Object.fromEntries(this.images)), { mode: 0o600 });
    await rename(`${this.file}.new`, this.file);
  }
}
