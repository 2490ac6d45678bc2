import { formatUptime } from "@/components/devices/format-readings";
import { formatCount } from "@/components/patterns/format-count";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { HOLD_REASON_TEXTS, SKIP_REASON_TEXTS } from "@/server/domain/rollouts/explain";
import type { Preflight } from "@/server/services/rollouts/preflight";
import { Examples } from "../reason-cards";
import type { RolloutFormInput } from "./rollout-form";

/** How many devices fall into each stage, and what lies between them. */
export function StagesTable({ plan, stages }: { plan: Preflight; stages: RolloutFormInput["stages"] }) {
  return (
    <Card>
      <CardHeader title="Stages" divided />
      <Table caption="Devices of each stage">
        <TableHeader>
          <tr>
            <TableHead>Stage</TableHead>
            <TableHead align="right">Devices</TableHead>
            <TableHead>Before the next</TableHead>
          </tr>
        </TableHeader>
        <TableBody>
          {plan.stages.map(({ name, count }, index) => (
            <TableRow key={index}>
              <TableCell className="font-medium">
                {index + 1}. {name}
              </TableCell>
              <TableCell align="right" className={count === 0 ? "text-critical" : undefined}>
                {formatCount(count)}
              </TableCell>
              <TableCell className="text-ink-2">{index < plan.stages.length - 1 ? betweenInWords(stages[index]) : ""}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function betweenInWords(stage: RolloutFormInput["stages"][number] | undefined): string {
  if (!stage) return "";
  return [
    `${stage.successThreshold} % done`,
    ...(stage.soakMinutes ? [`watched for ${formatUptime(stage.soakMinutes * 60)}`] : []),
    ...(stage.needsApproval ? ["somebody approves"] : []),
  ].join(", ");
}

/** Whoever would have to wait if it began now. */
export function HeldTable({ held }: { held: Preflight["heldNow"] }) {
  return (
    <Card>
      <CardHeader title="Would wait now" description="They are updated too, as soon as the reason is gone." divided />
      <Table caption="Devices that would wait, by reason">
        <TableHeader>
          <tr>
            <TableHead align="right" className="w-24">
              Devices
            </TableHead>
            <TableHead>Why</TableHead>
          </tr>
        </TableHeader>
        <TableBody>
          {held.map(({ reason, count }) => (
            <TableRow key={reason}>
              <TableCell align="right">{formatCount(count)}</TableCell>
              <TableCell>{HOLD_REASON_TEXTS[reason]}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

/** Whoever is not updated at all, with what would mend it. */
export function LeftOutTable({ skipped }: { skipped: Preflight["skipped"] }) {
  return (
    <Card>
      <CardHeader title="Left out" divided />
      <Table caption="Devices that are left out, by reason">
        <TableHeader>
          <tr>
            <TableHead align="right" className="w-24">
              Devices
            </TableHead>
            <TableHead>Why</TableHead>
            <TableHead>What mends it</TableHead>
          </tr>
        </TableHeader>
        <TableBody>
          {skipped.map(({ reason, hop, count, examples }) => (
            <TableRow key={`${reason} ${hop ?? ""}`}>
              <TableCell align="right" className="align-top">
                {formatCount(count)}
              </TableCell>
              <TableCell className="align-top">
                {SKIP_REASON_TEXTS[reason].reason}
                <span className="block text-sm text-ink-2">
                  <Examples deviceIds={examples} count={count} />
                </span>
              </TableCell>
              <TableCell className="align-top text-ink-2">{hop ? `Update it to ${hop} first.` : SKIP_REASON_TEXTS[reason].mend}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
