import { TriangleAlert } from "lucide-react";
import { amountOf } from "@/components/patterns/format-count";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { IMPORT_FIELD_FACTS } from "@/server/domain/imports/fields";
import type { ColumnMapping } from "@/server/domain/imports/match-columns";
import type { Issue } from "@/server/domain/imports/read-cells";

interface PreviewCardProps {
  rows: number;
  sample: readonly (readonly string[])[];
  mapping: ColumnMapping;
  /** One list for each row of the sample; empty while they are looked for. */
  issues: readonly (readonly Issue[])[];
}

/** The first rows as they will be read. */
export function PreviewCard({ rows, sample, mapping, issues }: PreviewCardProps) {
  const columns = mapping.flatMap((field, index) => (field === null ? [] : [{ field, index }]));
  const wrong = issues.filter((found) => found.length > 0).length;
  return (
    <Card>
      <CardHeader
        title="First rows"
        description={
          wrong > 0 ? `${amountOf(wrong, "row")} of these ${wrong === 1 ? "has" : "have"} cells that cannot be read.` : undefined
        }
        aside={sample.length < rows ? `${sample.length} of ${amountOf(rows, "row")}` : amountOf(rows, "row")}
        divided
      />
      <Table caption="First rows of the file" containerClassName="max-h-96">
        <TableHeader>
          <tr>
            <TableHead align="right">Row</TableHead>
            {columns.map(({ field, index }) => (
              <TableHead key={index}>{IMPORT_FIELD_FACTS[field].label}</TableHead>
            ))}
          </tr>
        </TableHeader>
        <TableBody>
          {sample.map((cells, row) => (
            <TableRow key={row}>
              <TableCell align="right" className="text-ink-3">
                {row + 1}
              </TableCell>
              {columns.map(({ field, index }) => (
                <PreviewCell key={index} text={cells[index] ?? ""} issue={issues[row]?.find((found) => found.field === field)} />
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function PreviewCell({ text, issue }: { text: string; issue: Issue | undefined }) {
  return (
    <TableCell className={cn("max-w-64 truncate", issue && "text-critical")} title={issue ? `${issue.reason}. ${issue.mend}.` : text}>
      {issue ? <TriangleAlert aria-hidden className="mr-1.5 inline size-3.5 align-[-0.125em]" /> : null}
      {text}
      {issue ? <span className="sr-only">: {issue.reason}</span> : null}
    </TableCell>
  );
}
