import { readFile } from "node:fs/promises";

/** Of package.json, as it is started from the product's folder. */
export async function readProductVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
  return version;
}
