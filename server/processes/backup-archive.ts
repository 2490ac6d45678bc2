import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import * as tar from "tar";
import { z } from "zod";
import { CLUSTER } from "./snapshot";

const MANIFEST = "manifest.json";
const FORMAT = "smart-dairy-backup/1";

const manifestSchema = z.object({
  format: z.literal(FORMAT, "It was not made by this version’s `npm run backup`."),
  createdAt: z.iso.datetime(),
  productVersion: z.string(),
  files: z.array(
    z.object({
      path: z.string().refine((file) => !path.isAbsolute(file) && !file.split(/[\\/]/).includes(".."), "leaves the data folder"),
      size: z.number().int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

/**
 * Packs a snapshot into one compressed file with the checksum of everything in it. The file appears under its name when
 * it is complete, readable by its owner only: it holds the installation's secrets.
 * @throws Error when the file is there already
 */
export async function packSnapshot(snapshot: string, file: string, productVersion: string): Promise<BackupManifest> {
  if (await exists(file)) throw new Error(`${file} exists already; name another file.`);
  const paths = (await filesIn(snapshot)).filter((name) => name !== MANIFEST);
  const files: BackupManifest["files"] = [];
  for (const name of paths) files.push({ path: name, ...(await checksumOf(path.join(snapshot, name))) });
  const manifest: BackupManifest = { format: FORMAT, createdAt: new Date().toISOString(), productVersion, files };
  await writeFile(path.join(snapshot, MANIFEST), JSON.stringify(manifest));
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const part = `${file}.part`;
  try {
    const packed = tar.create({ gzip: { level: 6 }, cwd: snapshot, portable: true, noDirRecurse: true }, [
      MANIFEST,
      ...(await foldersIn(snapshot)),
      ...paths,
    ]);
    const output = await open(part, "wx", 0o600);
    await pipeline(packed, output.createWriteStream({ flush: true }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return manifest;
}

/**
 * Unpacks a backup into an empty folder and compares every file with its checksum.
 * @throws Error saying what is wrong with the file; the folder is then of no use
 */
export async function unpackBackup(file: string, target: string): Promise<BackupManifest> {
  if (!(await exists(file))) throw new Error(`${file} is not there.`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  try {
    // Strict: what a damaged file leaves out is an error. Links could point out of the folder; none is in a backup.
    // At once: no write is under way any more when it fails.
    tar.extract({
      sync: true,
      file,
      cwd: target,
      strict: true,
      preserveOwner: false,
      filter: (_, entry) => "type" in entry && (entry.type === "File" || entry.type === "Directory"),
    });
  } catch (error) {
    throw new Error(`${file} is damaged or is not a backup: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const manifest = await readManifest(file, target);
  const found = new Set((await filesIn(target)).filter((name) => name !== MANIFEST));
  for (const expected of manifest.files) {
    if (!found.delete(expected.path)) throw new Error(`${file} is damaged: ${expected.path} is missing.`);
    const actual = await checksumOf(path.join(target, expected.path));
    if (actual.sha256 !== expected.sha256 || actual.size !== expected.size)
      throw new Error(`${file} is damaged: ${expected.path} has another checksum.`);
  }
  const [stranger] = found;
  if (stranger !== undefined) throw new Error(`${file} is damaged: ${stranger} is not on its list.`);
  if (!(await exists(path.join(target, CLUSTER, "PG_VERSION")))) throw new Error(`${file} holds no database.`);
  await rm(path.join(target, MANIFEST));
  return manifest;
}

async function readManifest(file: string, target: string): Promise<BackupManifest> {
  const text = await readFile(path.join(target, MANIFEST), "utf8").catch(() => {
    throw new Error(`${file} is not a backup: it has no ${MANIFEST}.`);
  });
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${file} cannot be restored: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

async function checksumOf(file: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return { size: (await stat(file)).size, sha256: hash.digest("hex") };
}

/** Relative paths with `/`, sorted. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, entry))
    .sort();
}

/** PostgreSQL keeps empty folders and wants them back. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(folder, entry))
    .sort();
}

function relative(folder: string, entry: { parentPath: string; name: string }): string {
  return path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/");
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
