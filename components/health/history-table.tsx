import { useState } from "react";
import { Missing } from "@/components/patterns/definition-list";
import { formatSignal, formatUptime } from "@/components/devices/format-readings";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { HealthHistory } from "@/server/services/health/get-health-history";
import { historyTimes } from "./history-times";

/** The same in numbers, the newest first, gaps included; made when it is opened. */
export function HistoryTable({ history }: { history: HealthHistory }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer rounded-inner font-medium text-accent pointer-coarse:py-3">Show as table</summary>
      {open ? <Rows history={history} /> : null}
    </details>
  );
}

function Rows({ history }: { history: HealthHistory }) {
  const { timeLabel } = historyTimes(history);
  const rows = history.points.map((point, index) => ({ point, time: timeLabel(index) })).reverse();
  return (
    <Table caption="Health history" containerClassName="mt-2 max-h-96 rounded-control border">
      <TableHeader>
        <TableRow>
          <TableHead>Time</TableHead>
          <TableHead align="right">Battery, %</TableHead>
          <TableHead align="right">Signal, dBm</TableHead>
          <TableHead align="right">Errors</TableHead>
          <TableHead align="right">Uptime</TableHead>
          <TableHead align="right">Restarts</TableHead>
          <TableHead align="right">Messages</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map(({ point, time }) => (
          <TableRow key={point.at.getTime()}>
            <TableCell className="h-9 whitespace-nowrap">{time}</TableCell>
            <Figure>{point.battery === null ? null : Math.round(point.battery)}</Figure>
            <Figure>{point.signal === null ? null : formatSignal(Math.round(point.signal))}</Figure>
            <Figure>{point.errors}</Figure>
            <Figure>{point.uptimeSeconds === null ? null : formatUptime(point.uptimeSeconds)}</Figure>
            <Figure>{point.restarts}</Figure>
            <Figure>{point.messages.toLocaleString("en")}</Figure>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Figure({ children }: { children: string | number | null }) {
  return (
    <TableCell align="right" className="h-9 whitespace-nowrap">
      {children ?? <Missing label="no data" />}
    </TableCell>
  );
}
