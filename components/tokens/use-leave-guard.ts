import { useEffect, useEffectEvent } from "react";

/**
 * While something is shown that is never shown again: closing the tab or reloading asks, and the browser's back button
 * calls `onBack` instead of leaving, by way of an extra entry in the history.
 */
export function useLeaveGuard(active: boolean, onBack: () => void): void {
  const askFirst = useEffectEvent(onBack);
  useEffect(() => {
    if (!active) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    const addEntry = () => window.history.pushState(null, "", window.location.href);
    const back = () => {
      addEntry();
      askFirst();
    };
    addEntry();
    window.addEventListener("beforeunload", stay);
    window.addEventListener("popstate", back);
    return () => {
      window.removeEventListener("beforeunload", stay);
      window.removeEventListener("popstate", back);
      window.history.back();
    };
  }, [active]);
}
