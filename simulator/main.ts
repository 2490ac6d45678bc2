import { readCommandLine, USAGE, type CommandLine } from "./command-line";
import type { DeviceIdentity } from "./device-identity";
import { FirmwareMemory } from "./firmware/firmware-memory";
import { startHerd } from "./herd";
import { readCredentials, readTokens, saveCredentials } from "./identity-files";
import { redeemToken } from "./provision";
import { seededRandom } from "./random";
import { UsageError } from "./usage-error";

/** Started by the product's own supervisor (`npm run demo`), which has a banner to keep in sight. */
const isSupervised = process.send !== undefined;

const log = (line: string) => {
  if (!isSupervised) console.log(`${new Date().toISOString()} ${line}`);
};

async function main(): Promise<void> {
  const commandLine = readCommandLine(process.argv.slice(2));
  if (!commandLine) return console.log(USAGE);
  const { url, intervalSeconds, speedUp, seed, faults, updateFaults, stateFile } = commandLine;
  const devices = await identitiesOf(commandLine);
  const remembered = stateFile === undefined ? {} : { memory: await FirmwareMemory.open(stateFile) };
  const herd = startHerd({ devices, url: url ?? "", intervalSeconds, speedUp, seed, faults, updateFaults, log, ...remembered });
  log(`${devices.length} devices started; Ctrl-C stops them`);
  process.send?.({ type: "ready" });
  await stopSignal();
  await herd.stop();
  // The channel to a supervisor would keep this process alive.
  if (process.connected) process.disconnect();
}

async function identitiesOf({ source, url, deviceLimit, seed }: CommandLine): Promise<DeviceIdentity[]> {
  if (source.kind === "credentials") return (await readCredentials(source.file)).slice(0, deviceLimit);
  const tokens = (await readTokens(source.file)).slice(0, deviceLimit);
  const random = seededRandom(`${seed}:provision`);
  const identities: DeviceIdentity[] = [];
  for (const [index, token] of tokens.entries()) {
    try {
      const identity = await redeemToken({ url: source.provisionUrl, token, random });
      identities.push(url === undefined ? identity : { ...identity, url });
      log(`token ${index + 1} of ${tokens.length}: ${identity.deviceId}`);
      // After each: a token cannot be redeemed again if this process dies.
      if (source.saveFile !== undefined) await saveCredentials(source.saveFile, identities);
    } catch (error) {
      log(`token ${index + 1} of ${tokens.length}: ${(error as Error).message}`);
    }
  }
  if (identities.length === 0) throw new UsageError("None of the tokens could be redeemed");
  return identities;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve());
    if (!isSupervised) return void process.once("SIGINT", () => resolve());
    // Ctrl-C reaches the whole terminal; the supervisor says when it is our turn.
    process.on("SIGINT", () => undefined);
    process.once("disconnect", () => resolve());
    process.on("message", (message) => message === "stop" && resolve());
  });
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\nnpm run simulate -- --help shows the options`);
  process.exitCode = 2;
}
