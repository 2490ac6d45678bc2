"use client";

import { type ReactNode, useState } from "react";
import { Missing } from "@/components/patterns/definition-list";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";

interface ChartTableProps {
  caption: string;
  /** The first one says when or what, the others are figures. */
  head: readonly string[];
  /** Made when it is opened. `null` = no data. */
  rows: () => readonly { key: string; label: ReactNode; figures: readonly (string | number | null)[] }[];
}

/** The same in numbers, for those who would rather read. */
export function ChartTable({ caption, head, rows }: ChartTableProps) {
  const [open, setOpen] = useState(false);
  const [first, ...figures] = head;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer rounded-inner text-sm font-medium text-accent pointer-coarse:py-3">
        Show as table<span className="sr-only">: {caption}</span>
      </summary>
      {open ? (
        <Table caption={caption} containerClassName="mt-2 max-h-96 rounded-control border">
          <TableHeader>
            <TableRow>
              <TableHead>{first}</TableHead>
              {figures.map((label) => (
                <TableHead key={label} align="right">
                  {label}
                </TableHead>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows().map((row) => (
              <TableRow key={row.key}>
                <TableCell className="h-9 whitespace-nowrap">{row.label}</TableCell>
                {row.figures.map((figure, index) => (
                  <TableCell key={index} align="right" className="h-9 whitespace-nowrap">
                    {figure ?? <Missing label="no data" />}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </details>
  );
}
