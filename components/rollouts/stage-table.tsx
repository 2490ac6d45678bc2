import { formatCount } from "@/components/patterns/format-count";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import { stageFactsOf } from "./rollout-facts";
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
export function StageTable({ rollout: { state, stages, counts } }: { rollout: RolloutPageView }) {
  const whole = progressOf(counts);
  const columns = COLUMNS.filter(({ key }) => key !== "calledOff" || whole.calledOff > 0);
  return (
    <Table caption="Devices of each stage by state">
      <TableHeader>
        <tr>
          <TableHead>Stage</TableHead>
          <TableHead>State</TableHead>
          {columns.map(({ key, label }) => (
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
              <TableCell className="whitespace-nowrap text-ink-2">{stageFactsOf(state, stage.state).label}</TableCell>
              {columns.map(({ key }) => (
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
