import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { openDatabase } from "@/server/db/client";
import { verifyAudit, type AuditHead } from "@/server/services/audit/verify-audit";
import { dataFolderOf, withInstallationDatabase } from "./installation-database";

// `npm run audit:verify [-- --save heads.json] [--against heads.json]`: recomputes the audit log. Ends with 1 when
// anything does not fit, and with 2 when it could not look.
const headsSchema = z.array(z.object({ chain: z.string(), seq: z.string().regex(/^\d+$/), hash: z.string().regex(/^[0-9a-f]{64}$/) }));

try {
  const { values: flags } = parseArgs({ options: { save: { type: "string" }, against: { type: "string" } } });
  const anchors = flags.against ? await readHeads(flags.against) : [];
  const databaseUrl = process.env.DATABASE_URL || undefined;
  const verdict = await withInstallationDatabase({ dataFolder: dataFolderOf(process.env), databaseUrl }, async (url) => {
    const db = openDatabase({ url, poolSize: 1 });
    try {
      return await verifyAudit(db, anchors);
    } finally {
      await db.$disconnect();
    }
  });
  for (const { chain, seq, message } of verdict.findings) console.error(`✗ ${chain}${seq === null ? "" : ` event ${seq}`}: ${message}`);
  console.log(
    `${verdict.events} events in ${verdict.chains} chains: ${verdict.findings.length === 0 ? "nothing was tampered with." : "TAMPERED WITH, see above."}`,
  );
  if (anchors.length > 0 && verdict.findings.length === 0)
    console.log(`The ${anchors.length} heads kept in ${flags.against} are still there.`);
  // Heads of a log that does not fit would vouch for the forgery.
  if (flags.save && verdict.findings.length === 0) {
    await writeFile(flags.save, `${JSON.stringify(verdict.heads, null, 2)}\n`);
    console.log(`Heads written to ${flags.save}. Keep them where whoever runs the database cannot write.`);
  }
  process.exitCode = verdict.findings.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function readHeads(file: string): Promise<AuditHead[]> {
  const parsed = headsSchema.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new Error(`${file} is not what --save wrote`);
  return parsed.data;
}
