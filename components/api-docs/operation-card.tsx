import { ChevronRight } from "lucide-react";
import { CopyButton } from "@/components/patterns/copy-button";
import { Card } from "@/components/ui/card";
import { MethodBadge } from "./method-badge";
import type { Operation, Schema } from "./schema";
import { SchemaFields, typeName } from "./schema-fields";

interface OperationCardProps {
  path: string;
  method: string;
  operation: Operation;
  schemas: Record<string, Schema>;
}

export function OperationCard({ path, method, operation, schemas }: OperationCardProps) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const [bodyType, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const [status, success] = Object.entries(responses).find(([code]) => code.startsWith("2")) ?? [];
  const answer = success?.content["application/json"]?.schema;
  const example = curlOf(method, path, bodyType);
  return (
    <Card className="scroll-mt-6 p-4 lg:p-5" id={operationId}>
      <h3 className="font-semibold">{summary}</h3>
      <p className="mt-1 flex flex-wrap items-center gap-2">
        <MethodBadge name={method} />
        <code className="min-w-0 font-mono text-sm break-all">{path}</code>
      </p>
      {description.split("\n\n").map((paragraph) => (
        <p key={paragraph} className="mt-2 text-ink-2">
          {paragraph.replaceAll("`", "")}
        </p>
      ))}
      {parameters.length > 0 ? (
        <Part title="Parameters">
          <dl className="divide-y">
            {parameters.map(({ name, in: place, required, description: meaning, schema }) => (
              <div key={`${place} ${name}`} className="py-2">
                <dt className="flex flex-wrap items-baseline gap-x-2">
                  <code className="font-mono text-sm">{name}</code>
                  <span className="text-sm text-ink-3">
                    {place}
                    {required ? ", required" : ""} · {typeName(schema)}
                  </span>
                </dt>
                {(meaning ?? schema.description) ? (
                  <dd className="text-sm text-ink-2">{(meaning ?? schema.description ?? "").replaceAll("`", "")}</dd>
                ) : null}
              </div>
            ))}
          </dl>
        </Part>
      ) : null}
      {body ? (
        <Part title={`Body, ${bodyType}`}>
          <SchemaFields schema={body.schema} schemas={schemas} />
        </Part>
      ) : null}
      {answer ? (
        <Part title={`Answer ${status}`}>
          <SchemaFields schema={answer} schemas={schemas} />
        </Part>
      ) : null}
      <div className="mt-3 flex items-start gap-2 rounded-control bg-sunken p-3">
        <code className="min-w-0 flex-1 font-mono text-sm break-words whitespace-pre-wrap">{example}</code>
        <CopyButton text={example} label={`Copy the example of ${summary}`} />
      </div>
    </Card>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <details className="group mt-2">
      <summary className="flex min-h-11 cursor-pointer items-center gap-1.5 font-medium">
        <ChevronRight aria-hidden className="size-4 text-ink-3 transition-transform group-open:rotate-90" />
        {title}
      </summary>
      {children}
    </details>
  );
}

function curlOf(method: string, path: string, bodyType: string | undefined): string {
  return [
    `curl${method === "GET" ? "" : ` --request ${method}`} --header "Authorization: Bearer $SMART_DAIRY_KEY"`,
    ...(bodyType ? [`--header "Content-Type: ${bodyType}" --data-binary @${bodyType === "text/csv" ? "devices.csv" : "body.json"}`] : []),
    `"$SMART_DAIRY_URL${path}"`,
  ].join(" \\\n  ");
}
