import { ChevronRight } from "lucide-react";
import { MethodBadge } from "./method-badge";
import { OperationCard } from "./operation-card";
import type { Operation, Schema } from "./schema";

export interface ApiDocument {
  info: { title: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** An OpenAPI document as one page: what there is by theme, each with parameters, body, answer and an example. */
export function ApiDocs({ document }: { document: ApiDocument }) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const themes = document.tags.map((tag) => ({
    ...tag,
    operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  return (
    <div className="mx-auto flex max-w-7xl flex-col gap-6 px-4 py-6 lg:flex-row lg:gap-10 lg:px-8">
      <nav aria-label="Endpoints" className="shrink-0 lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:w-64 lg:overflow-y-auto">
        <details className="group lg:hidden">
          <summary className="flex min-h-11 cursor-pointer items-center gap-1.5 font-medium">
            <ChevronRight aria-hidden className="size-4 text-ink-3 transition-transform group-open:rotate-90" />
            All endpoints
          </summary>
          <Contents themes={themes} />
        </details>
        <div className="hidden lg:block">
          <Contents themes={themes} />
        </div>
      </nav>
      <main className="min-w-0 flex-1">
        <h1 className="text-2xl font-semibold">{document.info.title} REST interface</h1>
        <p className="mt-2 max-w-2xl text-ink-2">{document.info.description}</p>
        <p className="mt-2 max-w-2xl text-ink-2">
          Programs send an API key: <code className="font-mono text-sm">Authorization: Bearer sdk_…</code> Admins make keys under Settings.
          The document itself is{" "}
          <a className="inline-flex min-h-11 items-center underline lg:min-h-0" href="/api/v1/openapi.json">
            /api/v1/openapi.json
          </a>{" "}
          (OpenAPI 3.1).
        </p>
        {themes.map((theme) => (
          <section key={theme.name} aria-labelledby={`theme-${theme.name}`} className="mt-10">
            <h2 id={`theme-${theme.name}`} className="text-xl font-semibold">
              {theme.name}
            </h2>
            <p className="text-ink-2">{theme.description}</p>
            <div className="mt-4 flex flex-col gap-4">
              {theme.operations.map(({ path, method, operation }) => (
                <OperationCard
                  key={operation.operationId}
                  path={path}
                  method={method}
                  operation={operation}
                  schemas={document.components.schemas}
                />
              ))}
            </div>
          </section>
        ))}
      </main>
    </div>
  );
}

interface ContentsProps {
  themes: { name: string; operations: { method: string; operation: Operation }[] }[];
}

function Contents({ themes }: ContentsProps) {
  return (
    <ul className="flex flex-col gap-4 text-sm">
      {themes.map(({ name, operations }) => (
        <li key={name}>
          <p className="font-semibold">{name}</p>
          <ul>
            {operations.map(({ method, operation }) => (
              <li key={operation.operationId}>
                <a
                  href={`#${operation.operationId}`}
                  className="flex min-h-11 items-center gap-2 rounded-control text-ink-2 hover:text-ink lg:min-h-8"
                >
                  <span className="min-w-0 flex-1">{operation.summary}</span>
                  <MethodBadge name={method} />
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
