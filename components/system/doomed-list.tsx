import { formatBytes } from "@/components/devices/format-readings";
import { formatCount } from "@/components/patterns/format-count";
import type { Doomed } from "@/server/services/retention/preview-retention";
import { DOOMED_NOUNS } from "./system-facts";

const MINUTES_A_RUN = 5;

/** What the next runs of housekeeping delete. */
export function DoomedList({ doomed }: { doomed: readonly Doomed[] }) {
  if (doomed.length === 0) return <p>Nothing that is there now is deleted by this.</p>;
  return (
    <>
      <p>Housekeeping deletes, and it cannot be undone:</p>
      <ul className="mt-2 flex list-disc flex-col gap-1 pl-4.5 text-ink">
        {doomed.map((some) => (
          <li key={some.kind}>{describe(some)}</li>
        ))}
      </ul>
    </>
  );
}

function describe({ kind, rows, isAtLeast, bytes, perRun }: Doomed): string {
  const [one, many] = DOOMED_NOUNS[kind];
  const amount = `${isAtLeast ? "more than " : ""}${formatCount(rows)} ${rows === 1 ? one : many}`;
  const size = bytes ? ` (about ${formatBytes(bytes)})` : "";
  const runs = Math.ceil(rows / perRun);
  if (isAtLeast) return `${amount}${size}, ${formatCount(perRun)} every ${MINUTES_A_RUN} minutes`;
  return `${amount}${size}, ${runs === 1 ? "at its next run" : `${formatCount(perRun)} a run, within ${formatCount(runs * MINUTES_A_RUN)} minutes`}`;
}
