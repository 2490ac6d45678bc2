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
  return (
    <div className="flex min-w-0 flex-col justify-between panel px-[clamp(1rem,2vw,2.5rem)] py-[clamp(0.75rem,2vh,2rem)]">
      <p className="flex items-center gap-3 text-[clamp(1rem,2.2vh,1.875rem)] text-ink-2 [&_svg]:size-[1.1em] [&_svg]:shrink-0">
        {icon}
        <span className="truncate">{label}</span>
      </p>
      <p
        className={cn(
          "text-[clamp(3.25rem,min(13vh,9vw),13rem)] leading-none font-semibold tracking-tight tabular",
          tone && TONE_TEXT[tone],
        )}
      >
        {value ?? <span className="text-ink-3">–</span>}
        {of ? <span className="ml-[0.35em] text-[0.32em] font-normal tracking-normal text-ink-2">{of}</span> : null}
      </p>
    </div>
  );
}
