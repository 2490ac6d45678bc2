import { randomBytes, randomInt } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Secrets of an embedded installation; made on its first start and kept, so that sessions survive a restart. */
export interface InstallationSecrets {
  SESSION_SECRET: string;
  CRON_SECRET: string;
  MQTT_PASSWORD: string;
  SETUP_CODE: string;
}

// Without the letters and digits that people confuse.
const CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

export async function loadOrCreateSecrets(folder: string): Promise<InstallationSecrets> {
  const file = path.join(folder, "secrets.json");
  try {
    return JSON.parse(await readFile(file, "utf8")) as InstallationSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw new Error(`${file} cannot be read`, { cause: error });
  }
  const secret = () => randomBytes(32).toString("base64url");
  const secrets = { SESSION_SECRET: secret(), CRON_SECRET: secret(), MQTT_PASSWORD: secret(), SETUP_CODE: setupCode() };
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

/** Twelve of 31 signs: 59 bits, behind a rate limit of ten tries a minute. */
function setupCode(): string {
  const letters = Array.from({ length: 12 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
  return letters.replace(/(....)(....)(....)/, "$1-$2-$3");
}
