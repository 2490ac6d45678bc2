import type { Transaction } from "@/server/db/client";
import { fieldError } from "@/server/errors";

/**
 * Gives a device exactly these tags. The caller has the right to edit it and holds its row.
 * @returns the tags' names before and after, for the audit; `undefined` when nothing changed
 * @throws not_found at `tagIds` when one of them was deleted or merged meanwhile
 */
export async function replaceDeviceTags(
  tx: Transaction,
  deviceKey: string,
  tagIds: readonly string[],
): Promise<{ before: string[]; after: string[] } | undefined> {
  // Waits for a merge or deletion that is under way, and keeps others from beginning.
  const wanted = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM device_tag WHERE id = ANY(${[...tagIds]}::uuid[]) ORDER BY id FOR KEY SHARE`;
  if (wanted.length < tagIds.length) throw fieldError("not_found", "tagIds", "One of the tags is gone. Choose again.");
  const present = await tx.deviceTag.findMany({ where: { devices: { some: { id: deviceKey } } }, select: { name: true } });
  const [before, after] = [namesOf(present), namesOf(wanted)];
  if (before.join("\n") === after.join("\n")) return undefined;
  await tx.$executeRaw`
    DELETE FROM "_device_tag_rel" WHERE "A" = ${deviceKey}::uuid AND "B" <> ALL(${[...tagIds]}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO "_device_tag_rel" ("A", "B") SELECT ${deviceKey}::uuid, unnest(${[...tagIds]}::uuid[]) ON CONFLICT DO NOTHING`;
  return { before, after };
}

function namesOf(tags: readonly { name: string }[]): string[] {
  return tags.map(({ name }) => name).sort((a, b) => a.localeCompare(b, "en"));
}
