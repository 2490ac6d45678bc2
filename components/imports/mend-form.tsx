"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { Button } from "@/components/ui/button";
import { FieldError, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { DEVICE_TYPES } from "@/server/domain/devices/device-type";
import { CONNECTION_TYPES, POWER_SOURCES } from "@/server/domain/devices/vocabulary";
import { IMPORT_FIELD_FACTS, type ImportField } from "@/server/domain/imports/fields";
import type { ImportRowView } from "@/server/services/imports/list-rows";
import type { ImportView } from "@/server/services/imports/views";

interface MendFormProps {
  row: ImportRowView;
  /** The cells that are wrong. */
  fields: readonly ImportField[];
  job: ImportView;
  onClose: () => void;
}

const CHOICES: Partial<Record<ImportField, readonly string[]>> = {
  device_type: DEVICE_TYPES,
  power_source: POWER_SOURCES,
  connection_type: CONNECTION_TYPES,
};

/** Corrects the wrong cells of one row in the preview; the server judges it again at once. */
export function MendForm({ row, fields, job, onClose }: MendFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [values, setValues] = useState<Partial<Record<ImportField, string>>>({});
  const mend = useMutation(
    trpc.imports.mend.mutationOptions({
      onSuccess: async (view) => {
        queries.setQueryData(trpc.imports.get.queryKey({ id: job.id }), view);
        await queries.invalidateQueries({ queryKey: trpc.imports.rows.pathKey() });
        onClose();
      },
    }),
  );
  const valueOf = (field: ImportField) => values[field] ?? row.cells[field] ?? "";
  const save = (event: FormEvent) => {
    event.preventDefault();
    mend.mutate({ id: job.id, cells: fields.map((field) => ({ row: row.row, field, value: valueOf(field) })) });
  };
  return (
    <form onSubmit={save} className="mt-3 flex flex-wrap items-end gap-3 sm:pl-16">
      {fields.map((field, index) => {
        const choices = CHOICES[field];
        const listId = choices && `mend-${row.row}-${field}`;
        return (
          <Field key={field} label={IMPORT_FIELD_FACTS[field].label} className="basis-56 max-sm:basis-full">
            <Input
              autoFocus={index === 0}
              autoComplete="off"
              spellCheck={false}
              list={listId}
              value={valueOf(field)}
              onChange={(event) => setValues({ ...values, [field]: event.target.value })}
            />
            {choices ? (
              <datalist id={listId}>
                {choices.map((choice) => (
                  <option key={choice} value={choice} />
                ))}
              </datalist>
            ) : null}
          </Field>
        );
      })}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="lg" loading={mend.isPending}>
          Save
        </Button>
        <Button size="lg" onClick={onClose}>
          Cancel
        </Button>
      </div>
      {mend.isError ? <FieldError>{mend.error.message}</FieldError> : null}
    </form>
  );
}
