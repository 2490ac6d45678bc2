import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconTile } from "@/components/ui/icon-tile";
import { describeDuration } from "@/server/domain/diagnostics/describe-values";
import type { CommandView } from "@/server/services/commands/list-commands";
import { COMMAND_KIND_FACTS, COMMAND_STATE_FACTS, formatInterval } from "./command-facts";

interface CommandRowProps {
  command: CommandView;
  /** Absent when the viewer may not. */
  onCancel?: () => void;
  cancelling: boolean;
}

/** One command: what, how far, who, why, and what it waits for. */
export function CommandRow({ command, onCancel, cancelling }: CommandRowProps) {
  const { label, icon: Icon } = COMMAND_KIND_FACTS[command.kind];
  const { label: stateLabel, tone } = COMMAND_STATE_FACTS[command.state];
  return (
    <li className="flex gap-3 px-4 py-3">
      <IconTile tone={tone}>
        <Icon />
      </IconTile>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <p className="font-medium">{label}</p>
          <Badge tone={tone}>{stateLabel}</Badge>
          {command.forced ? (
            <Badge tone="warning" icon={null}>
              Forced
            </Badge>
          ) : null}
          <RelativeTime at={command.issuedAt} suffix=" ago" className="ml-auto text-sm text-ink-3" />
        </div>
        <p className="text-sm text-ink-2">
          {[command.issuedBy ?? "Smart Dairy", describePayload(command), command.reason].filter(Boolean).join(" · ")}
        </p>
        <Waiting command={command} />
        {command.error ? <p className="text-sm text-ink-2">{command.error}</p> : null}
        <p className="text-sm text-ink-3 tabular">{describeTimes(command)}</p>
      </div>
      {command.cancellable && onCancel ? (
        <Button size="md" variant="ghost" className="self-center" loading={cancelling} onClick={onCancel} aria-label={`Cancel ${label}`}>
          Cancel
        </Button>
      ) : null}
    </li>
  );
}

function Waiting({ command }: { command: CommandView }) {
  if (!command.waitsFor) return null;
  return (
    <p className="text-sm font-medium text-warning">
      {describeWait(command.waitsFor)} Given up <RelativeTime at={command.expiresAt} />.
    </p>
  );
}

function describeWait(wait: NonNullable<CommandView["waitsFor"]>): string {
  switch (wait.kind) {
    case "device":
      return "Waits until the device is back.";
    case "milking":
      return `Held: milking until ${wait.milking.untilLocal} farm time.`;
    case "earlier":
      return "Waits for the command before it.";
  }
}

function describePayload({ kind, payload }: CommandView): string | null {
  const { reportIntervalSeconds, lowBatteryThreshold } = payload as { reportIntervalSeconds?: number; lowBatteryThreshold?: number };
  if (kind !== "configure" || reportIntervalSeconds === undefined) return null;
  const threshold = lowBatteryThreshold === undefined ? "" : `, battery low below ${lowBatteryThreshold} %`;
  return `report every ${formatInterval(reportIntervalSeconds)}${threshold}`;
}

/** How long after it was issued each step came: the same in every time zone. */
function describeTimes({ issuedAt, sentAt, acknowledgedAt, finishedAt, state, attempts }: CommandView): string {
  const after = (at: Date | null) => (at ? describeDuration(Math.max(0, at.getTime() - issuedAt.getTime())) : undefined);
  return [
    sentAt && `sent after ${after(sentAt)}${attempts > 1 ? `, ${attempts} times` : ""}`,
    acknowledgedAt && `taken after ${after(acknowledgedAt)}`,
    finishedAt && `${COMMAND_STATE_FACTS[state].label.toLowerCase()} after ${after(finishedAt)}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
