"use client";
import { Columns3, Download, FileUp, Plus, Ellipsis, Trash2, Pencil } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { DataList, DataListCard } from "@/components/patterns/data-list-card";
import { FilterChip } from "@/components/patterns/filter-chip";
import { FilterMenu } from "@/components/patterns/filter-menu";
import { PageHeader } from "@/components/patterns/page-header";
import { Pagination } from "@/components/patterns/pagination";
import { RelativeTime } from "@/components/patterns/relative-time";
import { SearchInput } from "@/components/patterns/search-input";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ActionMenu } from "@/components/patterns/action-menu";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { TableSortHead, type SortDirection } from "@/components/ui/table-sort-head";
import type { Tone } from "@/components/ui/tone";
import { Shell } from "../shell";
const rows: [string, string, string, string, Tone, string, string, string, string, number | null][] = [
  ["MM001", "Stall 1", "Milk meter", "Nordhof", "healthy", "Healthy", "2.4.0", "Mains", "−52", 12],
  ["MM002", "Stall 2", "Milk meter", "Nordhof", "info", "Updating", "2.3.1 → 2.4.0", "Mains", "−55", 8],
  ["TS004", "Bulk tank", "Temperature", "Nordhof", "critical", "Critical", "1.8.2", "Mains", "—", 2460],
  ["AC117", "Collar 117", "Collar", "Nordhof", "critical", "Critical", "3.1.0", "6 %", "−71", 240],
  ["AC118", "Collar 118", "Collar", "Nordhof", "healthy", "Healthy", "3.1.0", "64 %", "−68", 120],
  ["WD009", "Waterer, pen 3", "Waterer", "Moorland", "warning", "Warning", "1.2.0", "Solar", "−92", 37],
  ["FD003", "Feed station 3", "Feeder", "Moorland", "maintenance", "Maintenance", "2.0.4", "Mains", "−60", 18000],
  ["GT002", "Sort gate", "Gate", "Moorland", "healthy", "Healthy", "1.5.1", "PoE", "−48", 20],
  [
    "EN012",
    "Barn air, south, behind the very long row of calf igloos",
    "Environment",
    "Weide Ost",
    "unknown",
    "Unknown",
    "—",
    "—",
    "—",
    null,
  ],
];
export default function Page() {
  const [q, setQ] = useState("");
  const [farms, setFarms] = useState<string[]>([]);
  const [types, setTypes] = useState<string[]>(["a"]);
  const [att, setAtt] = useState(true);
  const [page, setPage] = useState(1);
  const [size, setSize] = useState(50);
  const [sort, setSort] = useState<SortDirection>("asc");
  const [sel, setSel] = useState<string[]>(["TS004"]);
  const now = Date.now();
  return (
    <Shell>
      <PageHeader
        title="Devices"
        subtitle="248 devices on 3 farms"
        actions={
          <>
            <Button>
              <Download aria-hidden />
              Export
            </Button>
            <Button>
              <FileUp aria-hidden />
              Import
            </Button>
            <Button variant="primary" render={<Link href="/gallery-temp/wizard" />}>
              <Plus aria-hidden />
              Add device
            </Button>
          </>
        }
      />
      <Card>
        <div className="flex flex-wrap items-center gap-2 border-b p-3">
          <SearchInput value={q} onValueChange={setQ} label="Search devices" placeholder="Search ID, name, serial…" />
          <FilterChip label="Needs attention" pressed={att} onPressedChange={setAtt} />
          <FilterMenu
            label="Farm"
            options={[
              { value: "1", label: "Nordhof", count: 120 },
              { value: "2", label: "Moorland", count: 98 },
              { value: "3", label: "Weide Ost", count: 30 },
            ]}
            selected={farms}
            onSelectedChange={setFarms}
          />
          <FilterMenu
            label="Type"
            options={"abcdefghij".split("").map((v) => ({ value: v, label: `Type ${v}` }))}
            selected={types}
            onSelectedChange={setTypes}
          />
          <FilterMenu label="Battery" options={[]} selected={[]} onSelectedChange={() => {}} />
          <Button className="ml-auto max-sm:hidden">
            <Columns3 aria-hidden />
            Columns
          </Button>
        </div>
        <Table caption="Devices" containerClassName="max-md:hidden max-h-[70dvh]">
          <TableHeader>
            <tr>
              <TableHead className="w-10">
                <Checkbox aria-label="Select all" indeterminate />
              </TableHead>
              <TableSortHead direction={sort} onSort={setSort}>
                Device
              </TableSortHead>
              <TableHead>Type</TableHead>
              <TableHead>Farm</TableHead>
              <TableHead>Health</TableHead>
              <TableHead>Firmware</TableHead>
              <TableHead align="right">Power</TableHead>
              <TableHead align="right">Signal, dBm</TableHead>
              <TableSortHead align="right" direction={null} onSort={() => {}} firstDirection="desc">
                Last seen
              </TableSortHead>
              <TableHead>
                <span className="sr-only">Actions</span>
              </TableHead>
            </tr>
          </TableHeader>
          <TableBody>
            {rows.map(([id, name, type, farm, tone, health, fw, power, signal, age]) => (
              <TableRow key={id} data-selected={sel.includes(id) || undefined}>
                <TableCell>
                  <Checkbox
                    aria-label={`Select ${id}`}
                    checked={sel.includes(id)}
                    onCheckedChange={(c) => setSel(c ? [...sel, id] : sel.filter((s) => s !== id))}
                  />
                </TableCell>
                <TableCell>
                  <Link href="/x" className="block font-mono text-sm font-semibold hover:text-accent">
                    {id}
                  </Link>
                  <span className="block max-w-48 truncate text-sm text-ink-2">{name}</span>
                </TableCell>
                <TableCell>{type}</TableCell>
                <TableCell>{farm}</TableCell>
                <TableCell>
                  <Badge tone={tone}>{health}</Badge>
                </TableCell>
                <TableCell>{fw}</TableCell>
                <TableCell align="right">{power}</TableCell>
                <TableCell align="right">{signal}</TableCell>
                <TableCell align="right">
                  <RelativeTime at={age === null ? null : now - age * 1000} />
                </TableCell>
                <TableCell>
                  <ActionMenu size="icon-sm" label={`Actions for ${id}`} items={[{ label: "Rename", icon: <Pencil aria-hidden /> }, { label: "Open", href: "/gallery-temp" }, { label: "Decommission", tone: "danger", separated: true, icon: <Trash2 aria-hidden /> }]} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        <ul className="divide-y md:hidden" aria-label="Devices">
          {rows.map(([id, name, type, farm, tone, health, fw, power, signal, age]) => (
            <DataListCard
              key={id}
              href="/x"
              title={name}
              code={id}
              subtitle={`${type} · ${farm}`}
              facts={[power, `${signal} dBm`, <RelativeTime key="t" at={age === null ? null : now - age * 1000} />]}
              trailing={<Badge tone={tone}>{health}</Badge>}
            />
          ))}
        </ul>
        <Pagination
          className="border-t px-4 py-3"
          page={page}
          pageSize={size}
          total={1248}
          noun="devices"
          onPageChange={setPage}
          pageSizes={[50, 100, 200]}
          onPageSizeChange={setSize}
        />
      </Card>
      <DataList label="none" className="hidden">
        {null}
      </DataList>
    </Shell>
  );
}
