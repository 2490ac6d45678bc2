"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/components/console/trpc";
import { ConfirmDialog } from "@/components/patterns/confirm-dialog";
import { EmptyState } from "@/components/patterns/empty-state";
import { ErrorState } from "@/components/patterns/error-state";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { NotificationRuleView } from "@/server/services/notifications/list-rules";
import { aboutWhat, byWhichWays, whenTold, whichFarms } from "./describe-rule";
import { RULE_PRESETS, type RuleDraft } from "./rule-presets";

const RuleDialog = dynamic(() => import("./rule-dialog").then((module) => module.RuleDialog));

/** The caller's own rules. */
export function RulesCard() {
  const trpc = useTRPC();
  const rules = useQuery(trpc.notifications.rules.queryOptions());
  const [edited, setEdited] = useState<RuleDraft>();
  const [deleted, setDeleted] = useState<NotificationRuleView>();
  const add = (
    <Button size="sm" onClick={() => setEdited(RULE_PRESETS.own)}>
      <Plus aria-hidden />
      Add rule
    </Button>
  );
  return (
    <Card>
      <CardHeader title="Your rules" divided aside={rules.data?.rules.length ? add : null} />
      {rules.isError ? (
        <ErrorState level={3} onRetry={() => void rules.refetch()} retrying={rules.isFetching} />
      ) : !rules.data ? (
        <Skeleton className="m-4 h-24" />
      ) : rules.data.rules.length === 0 ? (
        <NoRules onChoose={setEdited} />
      ) : (
        <ul className="divide-y">
          {rules.data.rules.map((rule) => (
            <Rule key={rule.id} rule={rule} onEdit={() => setEdited(rule)} onDelete={() => setDeleted(rule)} />
          ))}
        </ul>
      )}
      {rules.data?.canSendMail && rules.data.rules.some(({ channels }) => channels.includes("email")) ? <TestMail /> : null}
      {edited && rules.data ? (
        <RuleDialog draft={edited} canSendMail={rules.data.canSendMail} onClose={() => setEdited(undefined)} />
      ) : null}
      <DeleteDialog rule={deleted} onClose={() => setDeleted(undefined)} />
    </Card>
  );
}

function Rule({ rule, onEdit, onDelete }: { rule: NotificationRuleView; onEdit: () => void; onDelete: () => void }) {
  const trpc = useTRPC();
  const farms = useQuery(trpc.farms.list.queryOptions());
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate font-semibold">{rule.name}</h3>
        {rule.enabled ? null : <Badge tone="unknown">Off</Badge>}
        <Button size="sm" onClick={onEdit} aria-label={`Change ${rule.name}`}>
          Change…
        </Button>
        <Button size="sm" variant="ghost" onClick={onDelete} aria-label={`Delete ${rule.name}`}>
          Delete…
        </Button>
      </div>
      <p>
        {aboutWhat(rule)} <span className="text-ink-3">· {whichFarms(rule, farms.data ?? [])}</span>
      </p>
      <p className="text-sm text-ink-2">
        {byWhichWays(rule)} · {whenTold(rule)}
      </p>
    </li>
  );
}

function NoRules({ onChoose }: { onChoose: (draft: RuleDraft) => void }) {
  return (
    <EmptyState
      level={3}
      title="You are told nothing yet"
      description="Begin with one of these, or with a rule of your own. You can change all of it."
      className="py-8"
      action={
        <>
          <Button onClick={() => onChoose(RULE_PRESETS.urgent)}>Urgent, at once</Button>
          <Button onClick={() => onChoose(RULE_PRESETS.escalation)}>When nobody reacts</Button>
          <Button onClick={() => onChoose(RULE_PRESETS.digest)}>Everything, each morning</Button>
          <Button variant="ghost" onClick={() => onChoose(RULE_PRESETS.own)}>
            Own rule
          </Button>
        </>
      }
    />
  );
}

function TestMail() {
  const trpc = useTRPC();
  const test = useMutation(
    trpc.notifications.sendTest.mutationOptions({
      onSuccess: ({ email }) => toast.success(`Sent to ${email}`),
      onError: (error) => toast.error(error.message),
    }),
  );
  return (
    <CardFooter>
      <Button size="sm" variant="ghost" loading={test.isPending} onClick={() => test.mutate()}>
        Send me a test by e-mail
      </Button>
    </CardFooter>
  );
}

function DeleteDialog({ rule, onClose }: { rule: NotificationRuleView | undefined; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const remove = useMutation(trpc.notifications.deleteRule.mutationOptions());
  return (
    <ConfirmDialog
      open={rule !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete the rule “${rule?.name ?? ""}”?`}
      consequence="What still waits under it is not sent. What was sent stays on record."
      confirmLabel="Delete rule"
      tone="danger"
      onConfirm={async () => {
        if (rule) await remove.mutateAsync({ id: rule.id });
        await queries.invalidateQueries({ queryKey: trpc.notifications.pathKey() });
      }}
    />
  );
}
