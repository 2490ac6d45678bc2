"use client";

import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Card, CardHeader } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { IMPORT_FIELD_FACTS, IMPORT_FIELDS, type ImportField } from "@/server/domain/imports/fields";
import { type ColumnMapping, type MappingFault } from "@/server/domain/imports/match-columns";

interface ColumnsCardProps {
  header: readonly string[];
  sample: readonly (readonly string[])[];
  mapping: ColumnMapping;
  faults: readonly MappingFault[];
  onChange: (mapping: ColumnMapping) => void;
}

const NONE = "-";
const ITEMS = [
  { value: NONE, label: "Not imported" },
  ...IMPORT_FIELDS.map((field) => ({
    value: field,
    label: IMPORT_FIELD_FACTS[field].label,
    description: short(IMPORT_FIELD_FACTS[field].allowed),
  })),
];
const EXAMPLES = 3;

/** Which column of the file holds what. */
export function ColumnsCard({ header, sample, mapping, faults, onChange }: ColumnsCardProps) {
  const read = mapping.filter((field) => field !== null).length;
  const choose = (index: number, value: string) =>
    onChange(mapping.map((field, at) => (at === index ? (value === NONE ? null : (value as ImportField)) : field)));
  return (
    <Card>
      <CardHeader
        title="Columns"
        description="Recognised by their names. What you choose is remembered on this device."
        aside={`${read} of ${header.length} imported`}
        divided
      />
      {faults.length > 0 ? (
        <div className="flex flex-col gap-2 border-b p-4">
          {faults.map(({ message }) => (
            <Callout key={message} tone="warning">
              {message}
            </Callout>
          ))}
        </div>
      ) : null}
      <ul aria-label="Columns of the file" className="divide-y">
        {header.map((name, index) => (
          <li key={index} className="grid items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_15rem]">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2">
                <span className="min-w-0 font-medium break-words">{name || `Column ${index + 1}`}</span>
                {faults.some(({ columns }) => columns.includes(index)) ? <Badge tone="warning">Choose</Badge> : null}
              </p>
              <p className="truncate text-sm text-ink-3">{examplesOf(sample, index) || "empty"}</p>
            </div>
            <Select
              aria-label={`${name || `Column ${index + 1}`} holds`}
              items={ITEMS}
              value={mapping[index] ?? NONE}
              onValueChange={(value) => choose(index, value)}
              size="md"
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function examplesOf(sample: readonly (readonly string[])[], index: number): string {
  const values = sample.map((row) => row[index]?.trim() ?? "").filter(Boolean);
  return [...new Set(values)].slice(0, EXAMPLES).join(" · ");
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
