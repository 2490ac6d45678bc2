import { formatDay } from "@/components/maintenance/format-day";
import { Button } from "@/components/ui/button";
import { canInsist, type FieldConflict } from "@/server/domain/scan/conflict";

interface ConflictChoiceProps {
  conflict: FieldConflict;
  onMine: () => void;
  onTheirs: () => void;
}

/** Both sides beside each other, to choose from. */
export function ConflictChoice({ conflict, onMine, onTheirs }: ConflictChoiceProps) {
  const { yours, theirs } = sidesOf(conflict);
  const { change } = conflict;
  const who = change
    ? `${change.by}, ${new Date(change.at).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })}`
    : "Somebody else";
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-ink-2">
        {conflict.about === "location"
          ? `It was “${conflict.base ?? "nowhere"}” when you saw it; meanwhile somebody has changed it too.`
          : `“${conflict.title}” was changed since you saw it.`}
      </p>
      <div className="grid grid-cols-2 gap-2">
        <Side title="Yours" text={yours} />
        <Side title={who} text={theirs} />
        <Button size="lg" className="h-auto min-h-12 whitespace-normal" disabled={!canInsist(conflict)} onClick={onMine}>
          Use mine
        </Button>
        <Button size="lg" className="h-auto min-h-12 whitespace-normal" onClick={onTheirs}>
          Keep theirs
        </Button>
      </div>
    </div>
  );
}

function Side({ title, text }: { title: string; text: string }) {
  return (
    <div className="min-w-0 rounded-control bg-sunken p-3">
      <p className="text-sm text-ink-2">{title}</p>
      <p className="font-medium whitespace-pre-line">{text}</p>
    </div>
  );
}

const STATUS = { planned: "Still planned", done: "Done", cancelled: "Cancelled" } as const;

function sidesOf(conflict: FieldConflict): { yours: string; theirs: string } {
  if (conflict.about === "location") return { yours: conflict.yours ?? "No place", theirs: conflict.theirs ?? "No place" };
  const { yours, theirs } = conflict;
  return {
    yours: [`Done on ${formatDay(yours.doneOn)}`, yours.notes].filter(Boolean).join("\n"),
    theirs: [
      [STATUS[theirs.status], theirs.doneOn && `on ${formatDay(theirs.doneOn)}`].filter(Boolean).join(" "),
      theirs.technician && `by ${theirs.technician}`,
      theirs.notes,
    ]
      .filter(Boolean)
      .join("\n"),
  };
}
