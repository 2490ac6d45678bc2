import { ColorDot } from "@/components/patterns/color-dot";

/** A tag on something. */
export function TagChip({ tag }: { tag: { name: string; color: number } }) {
  return (
    <span className="inline-flex h-6 max-w-full items-center gap-1.5 rounded-full bg-sunken px-2.5 text-sm font-medium">
      <ColorDot color={tag.color} className="size-2" />
      <span className="truncate">{tag.name}</span>
    </span>
  );
}
