import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { type Tone, TONE_TEXT } from "@/components/ui/tone";

interface WallFigureProps {
  label: string;
  icon: ReactNode;
  value: string | null;
  /** Smaller, after it: "of 46". */
  of?: string;
  tone?: Tone;
}

/** A number for the other end of the room. */
export function WallFigure({ label, icon, value, of, tone }: WallFigureProps) {
  // As large as the box and the screen allow: a digit is about 0.6 em wide, what stands after it a third of that.
  const characters = Math.max(2, (value ?? "–").length + (of ? (of.length + 1) / 3 : 0));
  return (
    <div className="@container flex min-w-0 flex-col justify-between panel px-[clamp(1rem,2vw,2.5rem)] py-[clamp(0.75rem,2vh,2rem)]">
      <p className="flex items-center gap-3 text-[clamp(1rem,2.2vh,1.875rem)] text-ink-2 [&_svg]:size-[1.1em] [&_svg]:shrink-0">
        {icon}
        <span className="leading-tight">{label}</span>
      </p>
      <p
        style={{ fontSize: `clamp(2rem, min(13vh, ${Math.round(1500 / characters) / 10}cqi), 13rem)` }}
        className={cn("leading-none font-semibold tracking-tight whitespace-nowrap tabular", tone && TONE_TEXT[tone])}
      >
        {value ?? <span className="text-ink-3">–</span>}
        {of ? <span className="ml-[0.35em] text-[0.32em] font-normal tracking-normal text-ink-2">{of}</span> : null}
      </p>
    </div>
  );
}
