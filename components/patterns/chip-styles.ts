/** Filter chips: dashed while unused, filled while they narrow the list. */
export const CHIP =
  "inline-flex h-7.5 items-center gap-1.5 rounded-full text-sm whitespace-nowrap transition-colors pointer-coarse:h-11 [&_svg]:size-3.5";
export const CHIP_IDLE =
  "border border-dashed border-line-3/70 bg-panel px-3 text-ink-2 hover:border-solid hover:border-line-3 hover:text-ink pointer-coarse:px-4";
export const CHIP_ACTIVE = "bg-accent-soft font-medium text-accent";
