"use client";

import { RefreshCw } from "lucide-react";
import { formatCount } from "@/components/patterns/format-count";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { FieldPack } from "../offline/field-database";
import type { FieldSnapshot } from "../offline/field-store";
import { useFieldStore } from "../offline/use-field";

const ALL = "all";
const SHELL = {
  keeping: "Getting ready to open without a network …",
  kept: "This page opens without a network.",
  unsupported: "This browser cannot open the page without a network; keep it open.",
  failed: "The page could not be kept for opening without a network. Reload it once while online.",
} as const;

/** What this tablet knows without a network. */
export function TakenAlong({ field, pack }: { field: FieldSnapshot; pack: FieldPack }) {
  const store = useFieldStore();
  const { farms, farmId, total, deviceCount, at } = pack;
  const isPart = total > deviceCount;
  return (
    <section aria-labelledby="taken-along" className="flex flex-col gap-3">
      <h3 id="taken-along" className="font-semibold">
        Taken along
      </h3>
      <p className="text-ink-2">
        {formatCount(deviceCount)} of {formatCount(total)} devices with their open work, as of <RelativeTime at={at} suffix=" ago" />.{" "}
        {SHELL[field.shell]}
      </p>
      {isPart ? (
        <Callout tone="warning">
          More devices than a tablet takes along. Choose the farm you go to; the others are found only with a network.
        </Callout>
      ) : null}
      <div className="grid grid-cols-[1fr_auto] items-end gap-2">
        <Field label="Farm to take along">
          <Select
            items={[
              { value: ALL, label: "All farms" },
              ...farms.map((farm) => ({ value: farm.id, label: farm.name, description: farm.code })),
            ]}
            value={farmId ?? ALL}
            onValueChange={(value) => void store.sync({ force: true, farmId: value === ALL ? null : value })}
          />
        </Field>
        <Button className="h-12" loading={field.busy} onClick={() => void store.sync({ force: true })} aria-label="Take along anew">
          <RefreshCw aria-hidden />
        </Button>
      </div>
    </section>
  );
}
