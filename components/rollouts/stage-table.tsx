import { formatCount } from "@/components/patterns/format-count";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { StageView } from "@/server/services/rollouts/get-rollout";
import { STAGE_STATE_FACTS } from "./rollout-facts";
import { progressOf, type RolloutProgress } from "./rollout-progress";

const COLUMNS: { key: keyof RolloutProgress; label: string }[] = [
  { key: "total", label: "Devices" },
  { key: "done", label: "Done" },
  { key: "failed", label: "Failed" },
  { key: "underWay", label: "Under way" },
  { key: "held", label: "Held back" },
  { key: "waiting", label: "Waiting" },
  { key: "calledOff", label: "Called off" },
];

/** The bars' numbers, for those who would rather compare than look. */
export function StageTable({ stages }: { stages: readonly StageView[] }) {
  return (
    <Table caption="Devices of each stage by state">
      <TableHeader>
        <tr>
          <TableHead>Stage</TableHead>
          <TableHead>State</TableHead>
          {COLUMNS.map(({ key, label }) => (
            <TableHead key={key} align="right">
              {label}
            </TableHead>
          ))}
        </tr>
      </TableHeader>
      <TableBody>
        {stages.map((stage) => {
          const progress = progressOf(stage.counts);
          return (
            <TableRow key={stage.position}>
              <TableCell className="font-medium">{stage.name}</TableCell>
              <TableCell className="whitespace-nowrap text-ink-2">{STAGE_STATE_FACTS[stage.state].label}</TableCell>
              {COLUMNS.map(({ key }) => (
                <TableCell key={key} align="right">
                  {formatCount(progress[key])}
                </TableCell>
              ))}
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
