"use client";

import { ChevronDown, Cpu, KeyRound, type LucideIcon, Server, UserRound } from "lucide-react";
import Link from "next/link";
import { DefinitionList, Missing } from "@/components/patterns/definition-list";
import { RelativeTime } from "@/components/patterns/relative-time";
import { IconTile } from "@/components/ui/icon-tile";
import type { AuditEventView } from "@/server/services/audit/list-audit";
import { ACTOR_KIND_LABELS, describeAction, subjectTypeLabel } from "./describe-activity";
import { changesOf, fieldName, type Change } from "./describe-change";

const ICONS: Record<AuditEventView["actorKind"], LucideIcon> = { user: UserRound, api_key: KeyRound, device: Cpu, system: Server };

/** One event; opened, what it was before and after, and its place in the chain. */
export function AuditRow({ event }: { event: AuditEventView }) {
  const Icon = ICONS[event.actorKind];
  const changes = changesOf(event.before, event.after);
  return (
    <li className="[contain-intrinsic-block-size:auto_4rem] [content-visibility:auto]">
      <details className="group">
        <summary className="flex min-h-14 cursor-pointer list-none items-start gap-3 px-4 py-3 -outline-offset-2 hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
          <IconTile>
            <Icon />
          </IconTile>
          <div className="min-w-0 flex-1">
            <p className="break-words">
              <span className="font-semibold">{event.actorLabel}</span> <span className="text-ink-2">{describeAction(event.action)}</span>{" "}
              <span className={event.subjectType === "device" ? "font-mono tracking-tight" : undefined}>{shownSubject(event)}</span>
            </p>
            <p className="text-sm text-ink-3">
              {[...new Set([ACTOR_KIND_LABELS[event.actorKind], event.farm?.name, subjectTypeLabel(event.subjectType)])]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
          <span className="shrink-0 text-right text-sm text-ink-2">
            <RelativeTime at={event.at} />
          </span>
          <ChevronDown aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3 transition-transform group-open:rotate-180" />
        </summary>
        <div className="flex flex-col gap-4 px-4 pb-4 sm:pl-15">
          {changes.length > 0 ? <Changes changes={changes} /> : null}
          <DefinitionList
            items={[
              {
                term: "Time",
                value: <time dateTime={event.at.toISOString()}>{event.at.toISOString().replace("T", " ").slice(0, 23)} UTC</time>,
              },
              { term: subjectTypeLabel(event.subjectType), value: <Subject event={event} /> },
              { term: "Action", value: event.action, mono: true },
              { term: "Request", value: event.requestId ? <span className="break-all">{event.requestId}</span> : null, mono: true },
              { term: "In the chain", value: `Number ${event.seq} of ${event.farm ? event.farm.name : "the system"}` },
              { term: "Hash", value: <span className="break-all">{event.hash}</span>, mono: true },
            ]}
          />
        </div>
      </details>
    </li>
  );
}

const OPAQUE = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** Names and device IDs; ids that say nothing to a reader, or what has just been named, wait in the details. */
function shownSubject({ subjectId, actorLabel }: AuditEventView): string {
  return OPAQUE.test(subjectId) || subjectId === actorLabel ? "" : subjectId.replaceAll("_", " ");
}

function Subject({ event: { subjectType, subjectId } }: { event: AuditEventView }) {
  if (subjectType !== "device") return <span className="break-all">{subjectId}</span>;
  return (
    <Link href={`/devices/${subjectId}`} className="font-mono tracking-tight text-accent hover:underline">
      {subjectId}
    </Link>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-left text-sm">
      <caption className="sr-only">What changed</caption>
      <thead>
        <tr className="text-ink-3">
          <th scope="col" className="w-1/4 border-b py-1.5 pr-3 font-medium">
            Field
          </th>
          <th scope="col" className="border-b py-1.5 pr-3 font-medium">
            Before
          </th>
          <th scope="col" className="border-b py-1.5 font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field} className="align-top">
            <th scope="row" className="border-b py-1.5 pr-3 font-normal break-words text-ink-2">
              {fieldName(field)}
            </th>
            <td className="border-b py-1.5 pr-3 break-words text-ink-2">{before ?? <Missing label="nothing" />}</td>
            <td className="border-b py-1.5 break-words">{after ?? <Missing label="nothing" />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
