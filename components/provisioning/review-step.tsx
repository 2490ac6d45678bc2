"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useFormContext } from "react-hook-form";
import { useTRPC } from "@/components/console/trpc";
import { DefinitionList, type Definition } from "@/components/patterns/definition-list";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { CONNECTION_TYPE_LABELS, POWER_SOURCE_LABELS } from "@/server/domain/devices/vocabulary";
import type { DeviceFormInput } from "./wizard-steps";

/** Everything once more before it is written. */
export function ReviewStep({ onEdit }: { onEdit: (step: number) => void }) {
  const trpc = useTRPC();
  const { getValues } = useFormContext<DeviceFormInput>();
  const farms = useQuery(trpc.farms.list.queryOptions());
  const groups = useQuery(trpc.groups.list.queryOptions({ archived: true }));
  const values = getValues();
  const step = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Nothing here to type into: reading starts at the top, for eyes and for ears.
    window.scrollTo({ top: 0 });
    step.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={step} tabIndex={-1} role="group" aria-label="Review" className="grid items-start gap-4 sm:grid-cols-2">
      <ReviewCard
        title="Information"
        onEdit={() => onEdit(1)}
        items={[
          { term: "Type", value: DEVICE_TYPE_FACTS[values.type].label },
          { term: "Name", value: values.name },
          { term: "Device ID", value: values.deviceId.toUpperCase(), mono: true },
          { term: "Farm", value: farms.data?.find((farm) => farm.id === values.farmId)?.name },
          { term: "Location", value: values.location },
          { term: "Group", value: groups.data?.find((group) => group.id === values.groupId)?.path.join(" › ") },
        ]}
      />
      <ReviewCard
        title="Hardware"
        onEdit={() => onEdit(2)}
        items={[
          { term: "Manufacturer", value: values.manufacturer },
          { term: "Model", value: values.model },
          { term: "Serial number", value: values.serialNumber, mono: true },
          { term: "MAC address", value: values.macAddress, mono: true },
          { term: "Power source", value: POWER_SOURCE_LABELS[values.powerSource ?? "battery"] },
          { term: "Connection", value: values.connectionType ? CONNECTION_TYPE_LABELS[values.connectionType] : null },
        ]}
      />
    </div>
  );
}

function ReviewCard({ title, items, onEdit }: { title: string; items: Definition[]; onEdit: () => void }) {
  return (
    <Card>
      <CardHeader
        title={title}
        divided
        aside={
          <Button variant="ghost" size="sm" onClick={onEdit} aria-label={`Change ${title.toLowerCase()}`}>
            Change
          </Button>
        }
      />
      <CardBody className="pt-4">
        <DefinitionList items={items} className="break-words" />
      </CardBody>
    </Card>
  );
}
