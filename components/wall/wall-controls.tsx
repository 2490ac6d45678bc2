import { ArrowLeft, Maximize, Minimize, Moon, Sun, SunMoon } from "lucide-react";
import Link from "next/link";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { Freshness } from "@/server/domain/overview/freshness";
import { useFullScreen } from "./use-full-screen";
import { useWakeLock } from "./use-wake-lock";
import { WALL_COLOURS, type WallColours } from "./wall-state";

interface WallControlsProps {
  farms: readonly { id: string; name: string }[];
  farm: string;
  colours: WallColours;
  freshness: Freshness;
  readAt: Date;
  onChange: (change: { farm?: string; colours?: WallColours }) => void;
}

const COLOUR_FACTS = {
  dark: { label: "Dark", icon: Moon },
  light: { label: "Light", icon: Sun },
  system: { label: "As the system has it", icon: SunMoon },
} as const;
const ALL = "all";

/** At the foot, for setting the wall up; afterwards nobody need touch it. */
export function WallControls({ farms, farm, colours, freshness, readAt, onChange }: WallControlsProps) {
  const fullScreen = useFullScreen();
  const isAwake = useWakeLock();
  const next = WALL_COLOURS[(WALL_COLOURS.indexOf(colours) + 1) % WALL_COLOURS.length] ?? "dark";
  const { label, icon: ColourIcon } = COLOUR_FACTS[colours];
  return (
    <footer className="flex flex-wrap items-center gap-2 text-base text-ink-2">
      <Button variant="ghost" render={<Link href="/overview" />}>
        <ArrowLeft aria-hidden />
        Console
      </Button>
      {farms.length > 1 ? (
        <Select
          aria-label="Farm"
          size="md"
          className="w-48"
          items={[{ value: ALL, label: "All farms" }, ...farms.map(({ id, name }) => ({ value: id, label: name }))]}
          value={farm || ALL}
          onValueChange={(value) => onChange({ farm: value === ALL ? "" : value })}
        />
      ) : null}
      <Button variant="ghost" onClick={() => onChange({ colours: next })}>
        <ColourIcon aria-hidden />
        Colours: {label}
      </Button>
      {fullScreen ? (
        <Button variant="ghost" onClick={fullScreen.toggle}>
          {fullScreen.isFull ? <Minimize aria-hidden /> : <Maximize aria-hidden />}
          {fullScreen.isFull ? "Leave full screen" : "Full screen"}
        </Button>
      ) : null}
      <p className="ml-auto text-right text-[clamp(0.875rem,1.7vh,1.375rem)] tabular">
        {freshness === "loading" ? (
          "Loading"
        ) : (
          <>
            Last updated <RelativeTime at={readAt} suffix=" ago" />
          </>
        )}
        {isAwake ? " · screen stays awake" : ""}
      </p>
    </footer>
  );
}
