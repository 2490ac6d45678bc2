import Link from "next/link";
import { RelativeTime } from "@/components/patterns/relative-time";
import type { ActivityView } from "@/server/services/audit/list-activity";
import { describeAction } from "./describe-activity";

interface ActivityListProps {
  activity: readonly ActivityView[];
  /** On a device's own page its ID would repeat in every line. */
  hideSubject?: boolean;
}

/** Who did what, the newest first. */
export function ActivityList({ activity, hideSubject = false }: ActivityListProps) {
  if (activity.length === 0) return <p className="px-4 pb-4 text-ink-2">Nothing has happened yet.</p>;
  return (
    <ol className="divide-y">
      {activity.map((event) => (
        <li key={event.key} className="flex items-baseline justify-between gap-4 px-4 py-2.5">
          <p className="min-w-0">
            <span className="font-medium">{event.actorLabel}</span> <span className="text-ink-2">{describeAction(event.action)}</span>
            {hideSubject || event.actorKind === "device" ? null : <Subject event={event} />}
          </p>
          <RelativeTime at={event.at} className="shrink-0 text-sm text-ink-3" />
        </li>
      ))}
    </ol>
  );
}

/** Things whose own name says which one it is. */
const NAMED = ["farm", "group", "tag"];

function Subject({ event }: { event: ActivityView }) {
  if (event.subjectType === "firmware") return <span className="text-ink-2"> {event.subjectId.replaceAll("_", " ")}</span>;
  if (event.subjectType !== "device")
    return <span className="text-ink-2"> {NAMED.includes(event.subjectType) ? event.subjectId : ""}</span>;
  return (
    <>
      {" "}
      <Link href={`/devices/${event.subjectId}`} className="font-mono tracking-tight text-accent hover:underline">
        {event.subjectId}
      </Link>
    </>
  );
}
