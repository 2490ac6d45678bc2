"use client";

import { Ban, CircleCheck, Clock, KeyRound } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useNow } from "@/components/devices/use-now";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import { TOKEN_STATE_LABELS, type TokenState, tokenState } from "@/server/domain/provisioning/token-state";
import type { TokenView } from "@/server/services/provisioning/list-tokens";

const STATE_LOOKS: Record<TokenState, { tone: Tone; icon: ReactNode }> = {
  open: { tone: "info", icon: <KeyRound aria-hidden /> },
  used: { tone: "healthy", icon: <CircleCheck aria-hidden /> },
  expired: { tone: "unknown", icon: <Clock aria-hidden /> },
  revoked: { tone: "warning", icon: <Ban aria-hidden /> },
};

/** What became of a token; an open one turns expired under the viewer's eyes. */
export function TokenStateBadge({ token }: { token: TokenView }) {
  const state = tokenState(token, useNow());
  const { tone, icon } = STATE_LOOKS[state];
  return (
    <Badge tone={tone} icon={icon} suppressHydrationWarning>
      {TOKEN_STATE_LABELS[state]}
    </Badge>
  );
}

/** The rest of that sentence: by which device, until when, how long ago. */
export function TokenFate({ token }: { token: TokenView }) {
  if (token.usedAt) {
    return (
      <>
        by{" "}
        {token.usedBy ? (
          <Link href={`/devices/${token.usedBy}`} className="font-mono tracking-tight text-accent hover:underline">
            {token.usedBy}
          </Link>
        ) : (
          "a device"
        )}
        {", "}
        <RelativeTime at={token.usedAt} suffix=" ago" />
      </>
    );
  }
  if (token.revokedAt) return <RelativeTime at={token.revokedAt} suffix=" ago" />;
  return (
    <>
      ends <RelativeTime at={token.expiresAt} suffix=" ago" />
    </>
  );
}
