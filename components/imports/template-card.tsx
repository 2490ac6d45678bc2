"use client";

import { useState } from "react";
import { DownloadButton } from "@/components/patterns/download-button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { IMPORT_FIELD_FACTS, IMPORT_FIELDS, type ImportField } from "@/server/domain/imports/fields";
import { templateText } from "@/server/domain/imports/template";

const USUAL: ImportField[] = [
  "device_id",
  "name",
  "device_type",
  "farm_code",
  "manufacturer",
  "model",
  "serial_number",
  "mac_address",
  "location",
];

/** A file to fill in, with the columns somebody wants. */
export function TemplateCard() {
  const [chosen, setChosen] = useState<ReadonlySet<ImportField>>(new Set(USUAL));
  const fields = IMPORT_FIELDS.filter((field) => chosen.has(field));
  const toggle = (field: ImportField, isChosen: boolean) =>
    setChosen((current) => new Set(isChosen ? [...current, field] : [...current].filter((other) => other !== field)));
  return (
    <Card>
      <CardHeader
        title="Start from a template"
        description="With an example and what each cell may hold. Both are skipped when you import it."
        divided
      />
      <CardBody>
        <fieldset>
          <legend className="sr-only">Columns of the template</legend>
          <div className="grid gap-x-5 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
            {IMPORT_FIELDS.map((field) => {
              const { label, allowed, required } = IMPORT_FIELD_FACTS[field];
              return (
                <CheckboxField
                  key={field}
                  label={label}
                  description={required ? `${allowedShort(field, allowed)}; always needed` : allowedShort(field, allowed)}
                  checked={chosen.has(field)}
                  disabled={required}
                  onCheckedChange={(isChosen) => toggle(field, isChosen)}
                />
              );
            })}
          </div>
        </fieldset>
      </CardBody>
      <CardFooter>
        <DownloadButton fileName="devices-template.csv" mimeType="text/csv;charset=utf-8" content={() => templateText(fields)}>
          Download template
        </DownloadButton>
      </CardFooter>
    </Card>
  );
}

/** The template itself spells out what is too long to read here. */
function allowedShort(field: ImportField, allowed: string): string {
  return field === "device_type" ? "milk_meter, collar, gate and others" : allowed.replaceAll(" | ", ", ");
}
