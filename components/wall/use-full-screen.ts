import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  document.addEventListener("fullscreenchange", listener);
  return () => document.removeEventListener("fullscreenchange", listener);
}

/** Whether the page fills the screen, and the way to change it; `undefined` where the browser cannot. */
export function useFullScreen(): { isFull: boolean; toggle: () => void } | undefined {
  const isPossible = useSyncExternalStore(
    subscribe,
    () => document.fullscreenEnabled,
    () => false,
  );
  const isFull = useSyncExternalStore(
    subscribe,
    () => document.fullscreenElement !== null,
    () => false,
  );
  if (!isPossible) return undefined;
  // Refused without a click, and by some kiosks: the page stays as it is.
  const change = () => (isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  return { isFull, toggle: () => void change().catch(() => undefined) };
}
