import { buildIfStale } from "../server/processes/build";

/** The product under test is the built one. */
export default async function globalSetup(): Promise<void> {
  await buildIfStale((line) => console.log(line));
}
