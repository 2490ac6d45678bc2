"use client";

import { PageHeader } from "@/components/patterns/page-header";
import { DEVICE_TYPE_FACTS, DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { HealthRulesCard } from "./health-rules-card";

/** What each type of device is judged by. Whether the checks run is on the system page. */
export function HealthSettingsScreen() {
  return (
    <>
      <PageHeader
        title="Health rules"
        subtitle="What every device of a type is judged by. Groups and single devices may have rules of their own."
      />
      <div className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
        {DEVICE_TYPES.map((deviceType) => (
          <HealthRulesCard key={deviceType} scope={{ level: "type", deviceType }} title={DEVICE_TYPE_FACTS[deviceType].plural} />
        ))}
      </div>
    </>
  );
}
