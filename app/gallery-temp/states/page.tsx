"use client";
import { Cpu, SearchX, Plus } from "lucide-react";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/patterns/page-header";
import { Shell } from "../shell";
export default function Page() {
  return (
    <Shell>
      <PageHeader title="States" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Card>
          <EmptyState
            icon={<Cpu />}
            title="No devices yet"
            description="Add the first one: it takes about a minute, and it shows up here as soon as it connects."
            action={
              <Button variant="primary">
                <Plus aria-hidden />
                Add device
              </Button>
            }
          />
        </Card>
        <Card>
          <EmptyState
            icon={<SearchX />}
            title="No devices match"
            description="248 devices are hidden by the search and two filters."
            action={<Button>Clear filters</Button>}
          />
        </Card>
        <Card>
          <ErrorState onRetry={() => {}} referenceId="req_8fk2m1x" />
        </Card>
        <Card>
          <ForbiddenState />
        </Card>
      </div>
    </Shell>
  );
}
