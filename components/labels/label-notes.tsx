import { Callout } from "@/components/ui/callout";
import { placeCodes } from "@/server/domain/labels/place-codes";
import { codeModules } from "@/server/domain/labels/code-size";
import { labelSpec } from "@/server/domain/labels/label-spec";
import { MAX_LABELS } from "@/server/domain/labels/vocabulary";
import type { FoundLabels } from "@/server/services/labels/find-labels";
import type { LabelJobView } from "./label-job";
import { layoutOf } from "./label-page";

interface LabelNotesProps {
  found: FoundLabels;
  job: LabelJobView;
  /** The fonts are there, so that what fits is known. */
  isReady: boolean;
  isTooMany: boolean;
}

/** Millimetres: below it a phone has to come close and hold still. */
const FINE_MODULE_MM = 0.3;
const ROLE_NAMES = { id: "the device ID", name: "the name", farm: "farm and logo" } as const;

/** What one should know before paper is spent. */
export function LabelNotes({ found, job, isReady, isTooMany }: LabelNotesProps) {
  const { labels, missing } = found;
  const layouts = isReady ? labels.map((label) => layoutOf(job, label)) : [];
  const dropped = [...new Set(layouts.flatMap((layout) => layout.dropped))];
  const cut = layouts.filter((layout) => layout.isNameCut).length;
  const fine = layouts.filter((layout) => layout.codes.some((code) => code.moduleMm < FINE_MODULE_MM)).length;
  const unprintable = [...new Set(labels.flatMap((label) => [...label.unprintable]))].slice(0, 8).join(" ");
  const again = labels.filter((label) => label.lastPrintedAt !== null).length;
  const notes = [
    isTooMany && {
      tone: "warning" as const,
      text: `One print takes at most ${MAX_LABELS.toLocaleString("en")} labels. Choose fewer devices or fewer copies.`,
    },
    missing.length > 0 && {
      tone: "warning" as const,
      text: `Left out, since they are not on the farms where you may print: ${listOf(missing)}.`,
    },
    dropped.length > 0 && {
      tone: "warning" as const,
      text: `This label has no room for ${dropped.map((role) => ROLE_NAMES[role]).join(" and ")}${layouts.some((layout) => layout.dropped.length === 0) ? " of some devices" : ""}.`,
    },
    fine > 0 && {
      tone: "warning" as const,
      text: `${devices(fine, labels.length)} a long serial number: the code is fine print. Take a larger label.`,
    },
    unprintable !== "" && {
      tone: "warning" as const,
      text: `The label’s fonts do not have: ${unprintable}. A square stands in their place.`,
    },
    cut > 0 && {
      tone: "info" as const,
      text: cut === 1 ? "One name is too long and ends in “…”." : `${cut.toLocaleString("en")} names are too long and end in “…”.`,
    },
    hasRoomForOne(job, labels) && {
      tone: "info" as const,
      text: "This label carries one code. Where labels get dirty take one with room for two: when a corner of one is covered, the other still reads.",
    },
    again > 0 && {
      tone: "info" as const,
      text: again === labels.length ? "All of them had a label before." : `${again.toLocaleString("en")} of them had a label before.`,
    },
  ].filter((note) => note !== false);
  return notes.map(({ tone, text }) => (
    <Callout key={text} tone={tone}>
      {text}
    </Callout>
  ));
}

function hasRoomForOne(job: LabelJobView, labels: FoundLabels["labels"]): boolean {
  const code = labels[0]?.code;
  return job.secondCode && code !== undefined && placeCodes(labelSpec(job.stock, job), codeModules(code)).codes.length === 1;
}

function devices(count: number, of: number): string {
  if (of === 1) return "The device has";
  return count === 1 ? "One device has" : `${count.toLocaleString("en")} devices have`;
}

function listOf(ids: readonly string[]): string {
  return ids.length > 6 ? `${ids.slice(0, 6).join(", ")} and ${ids.length - 6} more` : ids.join(", ");
}
