import { fieldDatabase } from "./field-database";
import { readOutbox } from "./outbox";

/** How many things were done on this tablet and have not arrived. */
export async function countUnsent(): Promise<number> {
  try {
    return (await readOutbox(await fieldDatabase())).length;
  } catch {
    return 0;
  }
}
