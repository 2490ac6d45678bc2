"use client";

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select, type SelectItem } from "@/components/ui/select";
import { labelsASheet } from "@/server/domain/labels/place-labels";
import { OWN_ROLL, PAGES, ROLL_STOCKS, SHEET_STOCKS, sizeText, type LabelStock } from "@/server/domain/labels/stock";
import { LABEL_TEMPLATE_FACTS, LABEL_TEMPLATES, MAX_COPIES } from "@/server/domain/labels/vocabulary";
import type { LabelControls } from "./label-settings";
import { useDraft } from "./use-draft";

const OWN = "own";

const STOCK_ITEMS: SelectItem<string>[] = [
  ...SHEET_STOCKS.map((stock) => ({ value: stock.id, label: stockLabel(stock), description: stockFacts(stock) })),
  ...ROLL_STOCKS.map((stock) => ({ value: stock.id, label: stockLabel(stock), description: stockFacts(stock) })),
  { value: OWN, label: "Roll of another size", description: "For a label printer" },
];

const TEMPLATE_ITEMS = LABEL_TEMPLATES.map((value) => ({
  value,
  title: LABEL_TEMPLATE_FACTS[value].label,
  description: LABEL_TEMPLATE_FACTS[value].meaning,
}));

function stockLabel(stock: LabelStock): string {
  return stock.kind === "sheet" ? `${stock.name} · ${sizeText(stock)}` : `Roll ${stock.name}`;
}

function stockFacts(stock: LabelStock): string {
  const same = stock.sameAs.length > 0 ? `also ${stock.sameAs.join(", ")}` : "";
  const where = stock.kind === "sheet" ? `${PAGES[stock.page].label}, ${labelsASheet(stock)} a sheet` : "Label printer";
  return [where, same].filter(Boolean).join(" · ");
}

interface StockCardProps {
  controls: LabelControls;
  copies: number;
  onCopiesChange: (copies: number) => void;
}

/** On what, and what stands on it. */
export function StockCard({ controls: { settings, choose }, copies, onCopiesChange }: StockCardProps) {
  const isOwn = settings.stock.id.startsWith("own-");
  return (
    <Card>
      <CardHeader title="Label" />
      <CardBody className="flex flex-col gap-4">
        <Field label="Stock">
          <Select
            items={STOCK_ITEMS}
            value={isOwn ? OWN : settings.stock.id}
            onValueChange={(id) => choose({ stockId: id === OWN ? "own-60x40" : id })}
          />
        </Field>
        {isOwn ? <OwnSize stock={settings.stock} onChange={(stockId) => choose({ stockId })} /> : null}
        <RadioCards
          legend="What stands on it"
          showLegend
          items={TEMPLATE_ITEMS}
          value={settings.template}
          onValueChange={(template) => choose({ template })}
          className="grid-cols-1 md:grid-cols-3 lg:grid-cols-1 [&>label]:min-h-0 [&>label]:py-2.5"
        />
        <CheckboxField
          label="Second code where it fits"
          description="When one gets dirty, the other still reads"
          checked={settings.secondCode}
          onCheckedChange={(secondCode) => choose({ secondCode })}
        />
        <Field label="Labels for each device" className="max-w-40">
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            max={MAX_COPIES}
            value={copies}
            onChange={(event) => onCopiesChange(Math.max(1, Math.min(MAX_COPIES, Math.round(Number(event.target.value)) || 1)))}
          />
        </Field>
      </CardBody>
    </Card>
  );
}

/** Width and height of a roll; what no printer takes is said and not used. */
function OwnSize({ stock, onChange }: { stock: LabelStock; onChange: (stockId: string) => void }) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <SizeField
        label="Width"
        valueMm={stock.widthMm}
        minMm={OWN_ROLL.minWidthMm}
        maxMm={OWN_ROLL.maxWidthMm}
        onChange={(widthMm) => onChange(`own-${widthMm}x${stock.heightMm}`)}
      />
      <SizeField
        label="Height"
        valueMm={stock.heightMm}
        minMm={OWN_ROLL.minHeightMm}
        maxMm={OWN_ROLL.maxHeightMm}
        onChange={(heightMm) => onChange(`own-${stock.widthMm}x${heightMm}`)}
      />
    </div>
  );
}

interface SizeFieldProps {
  label: string;
  valueMm: number;
  minMm: number;
  maxMm: number;
  onChange: (mm: number) => void;
}

function SizeField({ label, valueMm, minMm, maxMm, onChange }: SizeFieldProps) {
  const { text, type, rest } = useDraft(String(valueMm));
  const millimetres = (typed: string) => Math.round(Number(typed.replace(",", ".")) * 10) / 10;
  const isRight = (typed: string) => millimetres(typed) >= minMm && millimetres(typed) <= maxMm;
  return (
    <Field label={label} error={isRight(text) ? undefined : `${minMm} to ${maxMm} mm`}>
      <Input
        inputMode="decimal"
        end="mm"
        value={text}
        onBlur={rest}
        onChange={(event) => {
          type(event.target.value);
          if (isRight(event.target.value)) onChange(millimetres(event.target.value));
        }}
      />
    </Field>
  );
}
