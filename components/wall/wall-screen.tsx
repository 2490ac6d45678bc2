"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleX, Cpu, WifiOff } from "lucide-react";
import { useQueryStates } from "nuqs";
import { LiveUpdates } from "@/components/console/live-updates";
import { useTRPC } from "@/components/console/trpc";
import { formatCount } from "@/components/patterns/format-count";
import { LogoMark } from "@/components/shell/logo";
import { cn } from "@/components/ui/cn";
import { useWallColours } from "./use-wall-colours";
import { useWallData } from "./use-wall-data";
import { WallAlerts } from "./wall-alerts";
import { WallClock } from "./wall-clock";
import { WallControls } from "./wall-controls";
import { WallFigure } from "./wall-figure";
import { WallNotice } from "./wall-notice";
import { WallPlaces } from "./wall-places";
import { WALL_STATE } from "./wall-state";

/** The farm office's wall: read from four metres, never touched. */
export function WallScreen() {
  const trpc = useTRPC();
  const [{ farm, colours }, setState] = useQueryStates(WALL_STATE, { clearOnDefault: true });
  useWallColours(colours);
  const farms = useQuery(trpc.farms.list.queryOptions());
  const { overview, attention, places, isReceiving, freshness, readAt } = useWallData(farm);
  const known = (value: number | undefined) => (value === undefined ? null : formatCount(value));
  const isOld = freshness === "stale" || freshness === "signed_out" || !isReceiving;
  const only = farms.data?.length === 1 ? farms.data[0]?.name : undefined;
  return (
    <main
      data-wall
      className="flex min-h-dvh flex-col gap-[clamp(0.75rem,1.6vh,1.5rem)] bg-background p-[clamp(0.75rem,2vmin,2rem)] lg:h-dvh"
    >
      <LiveUpdates />
      <header className="flex items-center justify-between gap-6">
        <h1 className="flex min-w-0 items-center gap-[0.5em] text-[clamp(1.5rem,4vh,3.5rem)] font-semibold">
          <LogoMark className="size-[1.2em]" />
          <span className="truncate">{farms.data?.find(({ id }) => id === farm)?.name ?? only ?? "All farms"}</span>
        </h1>
        <WallClock />
      </header>
      <WallNotice freshness={freshness} isReceiving={isReceiving} readAt={readAt} />
      <div
        className={cn(
          "grid min-h-0 flex-1 gap-[clamp(0.75rem,1.6vh,1.5rem)] lg:grid-rows-[auto_minmax(0,1fr)]",
          isOld && "opacity-50 transition-opacity duration-500",
        )}
      >
        <div className="grid grid-cols-2 gap-[clamp(0.75rem,1.6vh,1.5rem)] lg:grid-cols-4">
          <WallFigure
            label="Online"
            icon={<Cpu aria-hidden />}
            value={known(overview?.online)}
            of={overview ? `of ${formatCount(overview.inService)}` : undefined}
          />
          <WallFigure
            label="Critical"
            icon={<CircleX aria-hidden />}
            value={known(attention?.critical)}
            tone={attention && attention.critical > 0 ? "critical" : undefined}
          />
          <WallFigure
            label="Offline"
            icon={<WifiOff aria-hidden />}
            value={known(places?.offline)}
            tone={places?.offline ? "critical" : undefined}
          />
          <WallFigure label="Need attention" icon={<CircleAlert aria-hidden />} value={known(overview?.needsAttention)} />
        </div>
        <div className="grid min-h-0 gap-[clamp(0.75rem,1.6vh,1.5rem)] lg:grid-cols-[3fr_2fr]">
          <WallAlerts queue={attention} />
          <WallPlaces places={places} />
        </div>
      </div>
      <WallControls
        farms={farms.data ?? []}
        farm={farm}
        colours={colours}
        freshness={freshness}
        readAt={readAt}
        onChange={(change) => void setState(change)}
      />
    </main>
  );
}
