import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { formatCount } from "@/components/patterns/format-count";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { FAILURE_CODE_TEXTS, HOLD_REASON_TEXTS, SKIP_REASON_TEXTS } from "@/server/domain/rollouts/explain";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import { type TargetFilters, targetsHref } from "./target-filters";

/** Which devices failed, wait, or were left out, gathered by why, with what helps. */
export function ReasonCards({ rollout: { id, failures, held, skipped } }: { rollout: RolloutPageView }) {
  const hrefOf = (show: TargetFilters["show"], why: TargetFilters["why"]) => targetsHref(id, { show, why });
  return (
    <>
      {failures.length > 0 ? (
        <ReasonCard title="Failed">
          {failures.map(({ code, count, examples }) => (
            <Reason key={code} count={count} title={FAILURE_CODE_TEXTS[code].label} href={hrefOf("failed", code)} isBad>
              <p>{FAILURE_CODE_TEXTS[code].nextStep}</p>
              <Examples deviceIds={examples} count={count} />
            </Reason>
          ))}
        </ReasonCard>
      ) : null}
      {held.length > 0 ? (
        <ReasonCard title="Held back" description="They go on by themselves when the reason is gone.">
          {held.map(({ reason, count }) => (
            <Reason key={reason} count={count} title={HOLD_REASON_TEXTS[reason]} href={hrefOf("held", reason)} />
          ))}
        </ReasonCard>
      ) : null}
      {skipped.length > 0 ? (
        <ReasonCard title="Left out">
          {skipped.map(({ reason, count }) => (
            <Reason key={reason} count={count} title={SKIP_REASON_TEXTS[reason].reason} href={hrefOf("leftOut", reason)}>
              <p>{SKIP_REASON_TEXTS[reason].mend}</p>
            </Reason>
          ))}
        </ReasonCard>
      ) : null}
    </>
  );
}

function ReasonCard({ title, description, children }: { title: string; description?: string; children: ReactNode }) {
  return (
    <Card>
      <CardHeader title={title} description={description} divided />
      <ul className="divide-y">{children}</ul>
    </Card>
  );
}

interface ReasonProps {
  count: number;
  title: string;
  /** These devices in the list below. */
  href: string;
  isBad?: boolean;
  children?: ReactNode;
}

function Reason({ count, title, href, isBad, children }: ReasonProps) {
  return (
    <li className="flex items-start gap-3 px-4 py-2.5 pointer-coarse:py-3.5">
      <span className={cn("min-w-8 shrink-0 text-right font-semibold tabular", isBad && "text-critical")}>{formatCount(count)}</span>
      <div className="min-w-0 flex-1">
        <p className="flex items-start justify-between gap-3">
          <span className="min-w-0 font-medium">{title}</span>
          <Link href={href} replace className="hit-area shrink-0 text-sm/6 text-accent hover:underline">
            Show<span className="sr-only"> these devices: {title}</span>
          </Link>
        </p>
        {children ? <div className="text-sm text-ink-2">{children}</div> : null}
      </div>
    </li>
  );
}

/** Some of the devices, each a link to its page. */
export function Examples({ deviceIds, count }: { deviceIds: readonly string[]; count: number }) {
  return (
    <p className="mt-0.5">
      {deviceIds.map((deviceId, index) => (
        <Fragment key={deviceId}>
          {index > 0 ? ", " : ""}
          <Link href={`/devices/${deviceId}`} className="hit-area font-mono tracking-tight text-accent hover:underline">
            {deviceId}
          </Link>
        </Fragment>
      ))}
      {count > deviceIds.length ? <span className="tabular"> and {formatCount(count - deviceIds.length)} more</span> : null}
    </p>
  );
}
