import { build } from "esbuild";

let bundled: Promise<string> | undefined;

/**
 * The scanner's service worker as one script. Next bundles pages only, and a service worker has to keep its address;
 * the source is bundled once a process, as tsx bundles the server itself.
 */
export function scanWorkerScript(): Promise<string> {
  bundled ??= bundle().catch((error: unknown) => {
    bundled = undefined;
    throw error;
  });
  return bundled;
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["components/scan/worker/scan-worker.ts"],
    absWorkingDir: process.cwd(),
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
