import { useEffect, useRef, useState } from "react";
import { toast } from "@/components/ui/toast";
import { hasNfc, listenForTags } from "./nfc";

export type NfcState = "absent" | "off" | "on";

/** Reads tags once somebody has switched it on: the browser asks for leave then. */
export function useNfc(onText: (text: string) => void): { state: NfcState; toggle: () => void } {
  const [state, setState] = useState<NfcState>("absent");
  const latest = useRef(onText);
  const ending = useRef<AbortController>(undefined);
  useEffect(() => {
    latest.current = onText;
  });
  useEffect(() => {
    // Known in the browser only.
    queueMicrotask(() => setState(hasNfc() ? "off" : "absent"));
    return () => ending.current?.abort();
  }, []);
  const toggle = () => {
    ending.current?.abort();
    if (state === "on") return setState("off");
    const controller = new AbortController();
    ending.current = controller;
    listenForTags((text) => latest.current(text), controller.signal).then(
      () => setState("on"),
      (error: unknown) => {
        setState("off");
        const refused = (error as DOMException).name === "NotAllowedError";
        toast.error(
          refused ? "NFC was not allowed. Allow it in the browser’s settings of this site." : "NFC is switched off on this device.",
        );
      },
    );
  };
  return { state, toggle };
}
