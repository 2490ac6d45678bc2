import { useEffect, useState } from "react";

/**
 * Keeps the screen awake while the page is in sight, where the browser can.
 * @returns whether it does
 */
export function useWakeLock(): boolean {
  const [isAwake, setAwake] = useState(false);
  useEffect(() => {
    if (!("wakeLock" in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let isLeft = false;
    const take = async () => {
      if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
      try {
        const taken = await navigator.wakeLock.request("screen");
        if (isLeft) return void taken.release();
        lock = taken;
        setAwake(true);
        taken.addEventListener("release", () => setAwake(false));
      } catch {
        // Refused, for example by a battery saver: the screen sleeps as the machine has it.
        setAwake(false);
      }
    };
    const again = () => void take();
    again();
    // The browser lets go whenever the page is hidden.
    document.addEventListener("visibilitychange", again);
    return () => {
      isLeft = true;
      document.removeEventListener("visibilitychange", again);
      void lock?.release();
    };
  }, []);
  return isAwake;
}
