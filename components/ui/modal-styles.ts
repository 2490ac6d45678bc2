export const BACKDROP =
  "fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0";

export const MODAL_VIEWPORT = "fixed inset-0 z-50 flex items-end justify-center sm:items-center sm:p-6";

export const MODAL_POPUP = [
  "relative flex max-h-[92dvh] w-full flex-col border border-line-2 bg-panel text-ink shadow-float outline-none",
  "rounded-t-[1.25rem] pb-[env(safe-area-inset-bottom)] sm:max-h-[86dvh] sm:max-w-lg sm:rounded-card sm:pb-0",
  "transition-[opacity,translate,scale] duration-150 ease-out",
  "data-starting-style:translate-y-6 data-starting-style:opacity-0 data-ending-style:translate-y-6 data-ending-style:opacity-0",
  "sm:data-starting-style:translate-y-0 sm:data-starting-style:scale-97 sm:data-ending-style:translate-y-0 sm:data-ending-style:scale-97",
].join(" ");
