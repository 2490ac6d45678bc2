"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDownUp, Bookmark, Columns3, Download, SquareCheck, Upload } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { type ActionItem, ActionMenu } from "@/components/patterns/action-menu";
import { Button } from "@/components/ui/button";
import { DEVICE_COLUMN_FACTS, DEVICE_COLUMNS, type SortKey } from "@/server/domain/devices/list-vocabulary";
import { type DeviceFilters, parseSort, serializeDeviceFilters } from "./device-filters";

const SaveViewDialog = dynamic(() => import("./save-view-dialog").then((module) => module.SaveViewDialog));
const ManageViewsDialog = dynamic(() => import("./manage-views-dialog").then((module) => module.ManageViewsDialog));
const ColumnsDialog = dynamic(() => import("./columns-dialog").then((module) => module.ColumnsDialog));

interface ListToolsProps {
  filters: DeviceFilters;
  selectedFarmId: string | null;
  onChange: (change: Partial<DeviceFilters>) => void;
  onSort: (key: SortKey) => void;
  /** Phones only: choosing devices is a mode there. */
  selecting: boolean;
  onSelectingChange: ((selecting: boolean) => void) | undefined;
  /** Whether they may register devices, many at once. */
  mayImport: boolean;
}

/** What is done with the list as a whole: views, columns, export; on phones also order and choosing. */
export function ListTools({ filters, selectedFarmId, onChange, onSort, selecting, onSelectingChange, mayImport }: ListToolsProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [dialog, setDialog] = useState<"save" | "manage" | "columns">();
  const views = useQuery(trpc.views.list.queryOptions());
  const query = serializeDeviceFilters(filters);
  const viewItems: ActionItem[] = [
    ...(views.data ?? []).map((view) => ({
      label: view.isMine ? view.name : `${view.name} · ${view.ownerName}`,
      onSelect: () => router.push(`/devices${view.query ? `?${view.query}` : ""}`),
    })),
    { label: "Save this view…", onSelect: () => setDialog("save"), separated: Boolean(views.data?.length) },
    ...(views.data?.length ? [{ label: "Manage views…", onSelect: () => setDialog("manage") }] : []),
  ];
  return (
    <>
      {onSelectingChange ? (
        <Button className="md:hidden" aria-pressed={selecting} onClick={() => onSelectingChange(!selecting)}>
          <SquareCheck aria-hidden />
          {selecting ? "Done" : "Select"}
        </Button>
      ) : null}
      <ActionMenu label="Sort by" variant="secondary" size="md" className="md:hidden" items={sortItems(filters, onSort)}>
        <ArrowDownUp aria-hidden />
        Sort
      </ActionMenu>
      <ActionMenu label="Views" variant="secondary" size="md" items={viewItems}>
        <Bookmark aria-hidden />
        Views
      </ActionMenu>
      <Button className="max-md:hidden" onClick={() => setDialog("columns")}>
        <Columns3 aria-hidden />
        Columns
      </Button>
      <Button
        className="max-sm:flex-none!"
        render={
          <a href={`/api/devices/export${query}${query ? "&" : "?"}${selectedFarmId ? `onFarm=${selectedFarmId}` : ""}`} download>
            <Download aria-hidden />
            <span className="max-sm:sr-only">Export CSV</span>
          </a>
        }
      />
      {mayImport ? (
        <Button
          className="max-sm:flex-none!"
          render={
            <Link href="/devices/import">
              <Upload aria-hidden />
              <span className="max-sm:sr-only">Import CSV</span>
            </Link>
          }
        />
      ) : null}
      {dialog === "save" ? <SaveViewDialog query={query.replace(/^\?/, "")} onClose={() => setDialog(undefined)} /> : null}
      {dialog === "manage" ? <ManageViewsDialog onClose={() => setDialog(undefined)} /> : null}
      {dialog === "columns" ? (
        <ColumnsDialog columns={filters.cols} onChange={(cols) => onChange({ cols })} onClose={() => setDialog(undefined)} />
      ) : null}
    </>
  );
}

function sortItems(filters: DeviceFilters, onSort: (key: SortKey) => void): ActionItem[] {
  const [first] = parseSort(filters.sort);
  const item = (by: SortKey["by"], label: string, descendingFirst = false) => {
    const isCurrent = first?.by === by;
    const arrow = isCurrent ? (first.descending ? " ↓" : " ↑") : "";
    return { label: label + arrow, onSelect: () => onSort({ by, descending: isCurrent ? !first.descending : descendingFirst }) };
  };
  return [
    item("deviceId", "Device ID"),
    ...DEVICE_COLUMNS.flatMap((column) => {
      const { label, sort, descendingFirst } = DEVICE_COLUMN_FACTS[column];
      return sort ? [item(sort, label, descendingFirst)] : [];
    }),
  ];
}
