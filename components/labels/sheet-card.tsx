"use client";

import { ChoiceRow } from "@/components/patterns/choice-row";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { labelsASheet } from "@/server/domain/labels/place-labels";
import { MAX_OFFSET_MM, PRINTER_DPIS } from "@/server/domain/labels/vocabulary";
import type { LabelControls, SheetSettings } from "./label-settings";
import { useDraft } from "./use-draft";

const DPI_OPTIONS = PRINTER_DPIS.map((dpi) => ({ value: String(dpi), label: `${dpi} dpi` }));

interface SheetCardProps {
  controls: LabelControls;
  outlines: boolean;
  onOutlinesChange: (outlines: boolean) => void;
}

/** Where printing begins and how far the printer is off: kept in this browser, for each stock. */
export function SheetCard({ controls: { settings, choose, adjust }, outlines, onOutlinesChange }: SheetCardProps) {
  const { stock, sheet, dpi } = settings;
  return (
    <Card>
      <CardHeader title={stock.kind === "sheet" ? "Sheet and printer" : "Printer"} description="Remembered in this browser" />
      <CardBody className="flex flex-col gap-4">
        {stock.kind === "sheet" ? (
          <StartField sheet={sheet} columns={stock.columns} most={labelsASheet(stock)} onChange={adjust} key={stock.id} />
        ) : (
          <div className="flex flex-col gap-1.5">
            <span className="font-medium">Resolution</span>
            <ChoiceRow
              label="Resolution"
              options={DPI_OPTIONS}
              value={String(dpi)}
              onChange={(value) => choose({ dpi: PRINTER_DPIS.find((known) => String(known) === value) ?? 203 })}
            />
          </div>
        )}
        <FieldSet legend="Printed too far" hint="Print with edges, lay it over the stock, and enter what is missing.">
          <div className="grid grid-cols-2 gap-3" key={stock.id}>
            <OffsetField label="To the right" value={sheet.offsetXMm} onChange={(offsetXMm) => adjust({ offsetXMm })} />
            <OffsetField label="Down" value={sheet.offsetYMm} onChange={(offsetYMm) => adjust({ offsetYMm })} />
          </div>
        </FieldSet>
        <CheckboxField label="Print edges" description="A test on plain paper" checked={outlines} onCheckedChange={onOutlinesChange} />
      </CardBody>
    </Card>
  );
}

interface StartFieldProps {
  sheet: SheetSettings;
  columns: number;
  most: number;
  onChange: (change: Partial<SheetSettings>) => void;
}

function StartField({ sheet: { startAt, nextStart }, columns, most, onChange }: StartFieldProps) {
  const { text, type: keep, rest } = useDraft(String(startAt));
  const number = Number(text);
  const isPlace = Number.isInteger(number) && number >= 1 && number <= most;
  const place = isPlace ? `Row ${Math.floor((number - 1) / columns) + 1}, column ${((number - 1) % columns) + 1}` : undefined;
  const type = (value: string) => {
    keep(value);
    const typed = Number(value);
    if (Number.isInteger(typed) && typed >= 1 && typed <= most) onChange({ startAt: typed });
  };
  const goTo = nextStart !== startAt ? nextStart : undefined;
  return (
    <div className="flex flex-col gap-2">
      <Field label="Begin at label" hint={place} error={isPlace ? undefined : `1 to ${most}`} className="max-w-40">
        <Input
          type="number"
          inputMode="numeric"
          min={1}
          max={most}
          value={text}
          onChange={(event) => type(event.target.value)}
          onBlur={rest}
        />
      </Field>
      {goTo ? (
        <Button size="sm" className="self-start" onClick={() => onChange({ startAt: goTo })}>
          {goTo === 1 ? "Begin a new sheet" : `Go on with the last sheet at ${goTo}`}
        </Button>
      ) : null}
    </div>
  );
}

/** How far the print is to be moved, the other way round: people see where it lands, not where it should go. */
function OffsetField({ label, value, onChange }: { label: string; value: number; onChange: (offsetMm: number) => void }) {
  const { text, type: keep, rest } = useDraft(String(value === 0 ? 0 : -value));
  const typed = Number(text.replace(",", "."));
  const isRight = text.trim() !== "" && Math.abs(typed) <= MAX_OFFSET_MM;
  const type = (next: string) => {
    keep(next);
    const offset = Number(next.replace(",", "."));
    if (next.trim() !== "" && Math.abs(offset) <= MAX_OFFSET_MM) onChange(offset === 0 ? 0 : -offset);
  };
  return (
    <Field label={label} error={isRight ? undefined : `−${MAX_OFFSET_MM} to ${MAX_OFFSET_MM} mm`}>
      <Input inputMode="text" end="mm" value={text} onChange={(event) => type(event.target.value)} onBlur={rest} />
    </Field>
  );
}
