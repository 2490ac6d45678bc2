import { migrate } from "./migrate";

// `npm run db:migrate`: for installations whose processes are started one by one, before the new version starts.
const url = process.env.DATABASE_URL;
if (!url) throw new Error("Set DATABASE_URL to the database to migrate");
const applied = await migrate(url, "prisma/migrations");
console.log(applied.length === 0 ? "Nothing to apply." : `Applied ${applied.join(", ")}.`);
