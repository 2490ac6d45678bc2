/** The box that inputs, text areas and select triggers share. */
export const CONTROL_BOX = [
  "field-text w-full min-w-0 rounded-control border border-line-3 bg-panel text-ink",
  "transition-[border-color,box-shadow] duration-100 hover:border-ink-3",
  "focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent",
  "aria-invalid:border-critical aria-invalid:focus-visible:outline-critical",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3 [&[readonly]]:bg-sunken",
].join(" ");

/** Popups that float above the page: menus, selects, popovers. */
export const FLOATING_PANEL = [
  "rounded-card border border-line-2 bg-panel text-ink shadow-float outline-none",
  "origin-(--transform-origin) transition-[opacity,scale] duration-100 ease-out",
  "data-starting-style:scale-97 data-starting-style:opacity-0 data-ending-style:scale-97 data-ending-style:opacity-0",
].join(" ");

/** One line of a menu or select list. */
export const FLOATING_ITEM = [
  "flex min-h-9 w-full cursor-default items-center gap-2.5 rounded-inner px-2.5 py-1.5 text-left outline-none select-none pointer-coarse:min-h-11",
  "data-highlighted:bg-sunken data-disabled:pointer-events-none data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
].join(" ");
