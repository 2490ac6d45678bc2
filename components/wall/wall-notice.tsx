import { LogIn, ServerOff, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/patterns/relative-time";
import type { Freshness } from "@/server/domain/overview/freshness";

interface WallNoticeProps {
  freshness: Freshness;
  isReceiving: boolean;
  readAt: Date;
}

/** What makes the picture wrong, where nobody can overlook it. */
export function WallNotice({ freshness, isReceiving, readAt }: WallNoticeProps) {
  if (freshness === "signed_out")
    return (
      <Bar icon={<LogIn aria-hidden />}>
        Signed out: what you see is from before and is not renewed.{" "}
        <a href={signInHref()} className="underline underline-offset-4">
          Sign in again
        </a>
      </Bar>
    );
  if (freshness === "stale")
    return (
      <Bar icon={<ServerOff aria-hidden />}>
        No connection to Smart Dairy. What you see is <RelativeTime at={readAt} suffix=" old" />.
      </Bar>
    );
  if (!isReceiving) return <Bar icon={<Unplug aria-hidden />}>No messages are received from any device. What you see is from before.</Bar>;
  return null;
}

/** Back to this very wall afterwards. */
function signInHref(): string {
  if (typeof window === "undefined") return "/sign-in";
  return `/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;
}

function Bar({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p
      role="alert"
      className="flex items-center gap-4 rounded-card bg-critical px-[clamp(1rem,2vw,2.5rem)] py-[clamp(0.75rem,1.6vh,1.5rem)] text-[clamp(1.125rem,3vh,2.5rem)] font-semibold text-on-accent [&_svg]:size-[1.2em] [&_svg]:shrink-0"
    >
      {icon}
      <span>{children}</span>
    </p>
  );
}
