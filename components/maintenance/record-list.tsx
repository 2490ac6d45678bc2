import { ClipboardList } from "lucide-react";
import { EmptyState } from "@/components/patterns/empty-state";
import type { DeviceMaintenance } from "@/server/services/maintenance/list-records";
import type { RecordView } from "@/server/services/maintenance/views";
import { RecordItem } from "./record-item";
import type { RecordTask } from "./record-task";

interface RecordListProps {
  records: readonly RecordView[];
  maintenance: DeviceMaintenance;
  onTask: (task: RecordTask) => void;
}

/** What is to do, the most urgent first; then what was done, the latest first. */
export function RecordList({ records, maintenance, onTask }: RecordListProps) {
  if (records.length === 0) {
    return (
      <EmptyState
        level={3}
        icon={<ClipboardList />}
        title="No maintenance yet"
        description="What is done on this device, by whom and with which parts, is kept here."
      />
    );
  }
  const todo = records.filter((record) => record.status === "planned").sort((a, b) => dayOf(a).localeCompare(dayOf(b)));
  const past = records.filter((record) => record.status !== "planned").sort((a, b) => dayOf(b).localeCompare(dayOf(a)));
  return (
    <>
      <Group title="To do" records={todo} maintenance={maintenance} onTask={onTask} />
      <Group title="History" records={past} maintenance={maintenance} onTask={onTask} />
    </>
  );
}

function Group({ title, records, ...rest }: RecordListProps & { title: string }) {
  if (records.length === 0) return null;
  return (
    <section aria-label={title} className="border-t first-of-type:border-t-0">
      <h3 className="px-4 pt-3 text-sm font-medium text-ink-3">{title}</h3>
      <ol className="divide-y">
        {records.map((record) => (
          <RecordItem key={record.id} record={record} {...rest} />
        ))}
      </ol>
    </section>
  );
}

function dayOf(record: RecordView): string {
  return record.doneOn ?? record.plannedFor ?? record.createdAt.toISOString().slice(0, 10);
}
