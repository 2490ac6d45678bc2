"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { useConsole } from "@/components/console/console-shell";
import { useTRPC } from "@/components/console/trpc";
import { EmptyState } from "@/components/patterns/empty-state";
import { PageHeader } from "@/components/patterns/page-header";
import { Card } from "@/components/ui/card";
import { Tab, TabPanel, Tabs, TabsList } from "@/components/ui/tabs";
import { LABEL_STATE, type LabelState, toSource } from "./label-state";
import { useLabelSettings } from "./label-settings";
import { LabelsToPrint } from "./labels-to-print";
import { SourceCard } from "./source-card";
import { StockCard } from "./stock-card";
import { SheetCard } from "./sheet-card";

const ReservedTab = dynamic(() => import("./reserved-tab").then((module) => module.ReservedTab));
const PrintsTab = dynamic(() => import("./prints-tab").then((module) => module.PrintsTab));

/** Labels for devices: which, on what stock, as they will look; reserved IDs; what was printed. */
export function LabelsScreen() {
  const { viewer } = useConsole();
  const [state, setState] = useQueryStates(LABEL_STATE, { history: "replace", clearOnDefault: true });
  return (
    <>
      <PageHeader title="Labels" subtitle="Stickers that say which device is which. They hold no password." />
      <Tabs value={state.tab} onValueChange={(tab: LabelState["tab"]) => void setState({ tab })}>
        <TabsList>
          <Tab value="print">Print</Tab>
          <Tab value="reserved">Reserved IDs</Tab>
          <Tab value="log">Log</Tab>
        </TabsList>
        <TabPanel value="print">
          {viewer.canProvision ? (
            <PrintTab state={state} onChange={(change) => void setState(change)} />
          ) : (
            <Card>
              <EmptyState
                icon={<Lock />}
                title="You cannot print labels"
                description="Your role does not include it. An admin can change that."
              />
            </Card>
          )}
        </TabPanel>
        <TabPanel value="reserved">
          <ReservedTab />
        </TabPanel>
        <TabPanel value="log">
          <PrintsTab />
        </TabPanel>
      </Tabs>
    </>
  );
}

function PrintTab({ state, onChange }: { state: LabelState; onChange: (change: Partial<LabelState>) => void }) {
  const trpc = useTRPC();
  const { selectedFarmId } = useConsole();
  const controls = useLabelSettings();
  const [copies, setCopies] = useState(1);
  const [outlines, setOutlines] = useState(false);
  const source = toSource(state, selectedFarmId);
  const found = useQuery({
    ...trpc.labels.list.queryOptions({ source: source ?? { kind: "devices", deviceIds: [] } }),
    enabled: source !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const { sheet, ...settings } = controls.settings;
  const { startAt, offsetXMm, offsetYMm } = sheet;
  const job = { ...settings, startAt, offsetXMm, offsetYMm, copies, outlines };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[19rem_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <SourceCard state={state} onChange={onChange} count={source && found.isSuccess ? found.data.labels.length : undefined} />
        <StockCard controls={controls} copies={copies} onCopiesChange={setCopies} />
        <SheetCard controls={controls} outlines={outlines} onOutlinesChange={setOutlines} />
      </div>
      <LabelsToPrint source={source} found={found} job={job} onPrinted={(nextStart) => controls.adjust({ nextStart })} />
    </div>
  );
}
