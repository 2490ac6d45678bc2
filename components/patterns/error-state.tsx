"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "./copy-button";
import { EmptyState } from "./empty-state";

interface ErrorStateProps {
  title?: string;
  description?: ReactNode;
  onRetry?: () => void;
  retrying?: boolean;
  /** The id under which the server logged it. */
  referenceId?: string;
  level?: 1 | 2 | 3;
  className?: string;
}

/** Something failed that may work the next time. */
export function ErrorState({
  title = "This did not load",
  description = "The connection may be weak, or the service is busy. What you entered is not lost.",
  onRetry,
  retrying,
  referenceId,
  level,
  className,
}: ErrorStateProps) {
  return (
    <div role="alert" className={className}>
      <EmptyState
        level={level}
        icon={<TriangleAlert className="text-critical" />}
        title={title}
        description={description}
        action={
          onRetry ? (
            <Button onClick={onRetry} loading={retrying}>
              <RotateCw aria-hidden />
              Try again
            </Button>
          ) : undefined
        }
        className={referenceId ? "pb-4" : undefined}
      />
      {referenceId ? (
        <p className="flex flex-wrap items-center justify-center gap-1 pb-8 text-sm text-ink-3">
          Reference <code className="font-mono">{referenceId}</code>
          <CopyButton text={referenceId} label="Copy reference" variant="ghost" size="icon-sm" />
        </p>
      ) : null}
    </div>
  );
}
