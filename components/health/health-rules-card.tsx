"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { DefinitionList } from "@/components/patterns/definition-list";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { RuleScope } from "@/server/domain/health/schema";
import { THRESHOLD_KEYS } from "@/server/domain/health/thresholds";
import { formatThreshold, sourceLabel, THRESHOLD_LABELS } from "./threshold-facts";

const HealthRuleDialog = dynamic(() => import("./health-rule-dialog").then((module) => module.HealthRuleDialog));

interface HealthRulesCardProps {
  scope: RuleScope;
  title?: string;
}

/** What something is judged by, and where each value comes from. */
export function HealthRulesCard({ scope, title = "Judged by" }: HealthRulesCardProps) {
  const trpc = useTRPC();
  const rules = useQuery(trpc.health.rules.queryOptions({ scope }));
  const [editing, setEditing] = useState(false);
  const { data } = rules;
  return (
    <Card>
      <CardHeader
        title={title}
        divided
        aside={
          data?.editable ? (
            <Button size="sm" onClick={() => setEditing(true)}>
              Change…
            </Button>
          ) : null
        }
      />
      <CardBody className="pt-3">
        {data ? (
          <DefinitionList
            items={THRESHOLD_KEYS.map((key) => {
              const own = data.own[key];
              const { value, from } = data.inherited[key];
              return {
                term: THRESHOLD_LABELS[key],
                value: (
                  <>
                    {formatThreshold(key, own ?? value)}{" "}
                    <span className="text-ink-3">· {own === null ? sourceLabel(from) : "set here"}</span>
                  </>
                ),
              };
            })}
          />
        ) : (
          <Skeleton className="h-32" />
        )}
      </CardBody>
      {editing && data ? <HealthRuleDialog scope={scope} rules={data} onClose={() => setEditing(false)} /> : null}
    </Card>
  );
}
