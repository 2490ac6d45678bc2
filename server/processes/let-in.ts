import { parseArgs } from "node:util";
import { openDatabase } from "@/server/db/client";
import { letIn } from "@/server/services/people/let-in";
import { dataFolderOf, withInstallationDatabase } from "./installation-database";

// `npm run let-in -- admin@farm.example`: for whoever owns the machine, when nobody who could help can sign in.
try {
  const [email] = parseArgs({ allowPositionals: true }).positionals;
  if (!email) throw new Error("Say whose way in it is: npm run let-in -- admin@farm.example");
  const databaseUrl = process.env.DATABASE_URL || undefined;
  await withInstallationDatabase({ dataFolder: dataFolderOf(process.env), databaseUrl }, async (url) => {
    const db = openDatabase({ url, poolSize: 1 });
    try {
      const { name, token, expiresAt, hadSecondFactor } = await letIn(db, { email, now: new Date() });
      const address = process.env.PUBLIC_URL || `http://localhost:${process.env.PORT || 3000}`;
      console.log(`${name} chooses a new password at\n\n  ${address}/reset/${token}\n`);
      console.log(`once, until ${expiresAt.toISOString().replace("T", " ").slice(0, 16)} UTC. The product must be running for it.`);
      if (hadSecondFactor) console.log("Their second factor is off; they can turn it on again on the page of their account.");
    } finally {
      await db.$disconnect();
    }
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
