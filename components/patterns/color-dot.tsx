import { cn } from "@/components/ui/cn";

/** Written out, so that the style sheet has them. */
const FILLS = [
  "bg-swatch-0",
  "bg-swatch-1",
  "bg-swatch-2",
  "bg-swatch-3",
  "bg-swatch-4",
  "bg-swatch-5",
  "bg-swatch-6",
  "bg-swatch-7",
  "bg-swatch-8",
  "bg-swatch-9",
  "bg-swatch-10",
  "bg-swatch-11",
] as const;

/** A colour people chose, by its index. Decorative: the name stands beside it. */
export function ColorDot({ color, className }: { color: number; className?: string }) {
  return <span aria-hidden className={cn("block size-2.5 shrink-0 rounded-full", FILLS[color] ?? FILLS[0], className)} />;
}
