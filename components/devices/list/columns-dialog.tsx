"use client";

import { Button } from "@/components/ui/button";
import { CheckboxField } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { DEFAULT_COLUMNS, DEVICE_COLUMN_FACTS, DEVICE_COLUMNS, type DeviceColumn } from "@/server/domain/devices/list-vocabulary";

interface ColumnsDialogProps {
  columns: readonly DeviceColumn[];
  onChange: (columns: DeviceColumn[]) => void;
  onClose: () => void;
}

/** Which columns the table and its export have; each choice shows at once. */
export function ColumnsDialog({ columns, onChange, onClose }: ColumnsDialogProps) {
  const toggle = (column: DeviceColumn, chosen: boolean) =>
    onChange(DEVICE_COLUMNS.filter((other) => (other === column ? chosen : columns.includes(other))));
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title="Columns" description="For the table and its export. The link of this page keeps them.">
        <DialogBody className="grid gap-3 sm:grid-cols-2">
          {DEVICE_COLUMNS.map((column) => (
            <CheckboxField
              key={column}
              label={DEVICE_COLUMN_FACTS[column].label}
              checked={columns.includes(column)}
              onCheckedChange={(chosen) => toggle(column, chosen)}
            />
          ))}
          {columns.join() === DEFAULT_COLUMNS.join() ? (
            <p className="text-sm text-ink-2 sm:col-span-2 xl:hidden">
              There is no room for all of the usual columns here. Change one, and every chosen column shows.
            </p>
          ) : null}
        </DialogBody>
        <DialogFooter>
          <Button size="lg" onClick={() => onChange(DEFAULT_COLUMNS)}>
            Reset
          </Button>
          <DialogClose render={<Button size="lg" variant="primary" />}>Done</DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
