import { type RefObject, useEffect, useRef, useState } from "react";
import { codeDetector } from "./code-detector";

/** Between two looks: often enough for a hand that moves, seldom enough for a battery. */
const PAUSE_MS = 120;

/** Looks for codes in a running video and hands over each sight of one. @returns whether the detector could not be loaded */
export function useDetection(video: RefObject<HTMLVideoElement | null>, active: boolean, onText: (text: string) => void): boolean {
  const [failed, setFailed] = useState(false);
  const latest = useRef(onText);
  useEffect(() => {
    latest.current = onText;
  });
  useEffect(() => {
    if (!active) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async () => {
      try {
        const detect = await codeDetector();
        const text = video.current && video.current.readyState >= video.current.HAVE_CURRENT_DATA ? await detect(video.current) : undefined;
        setFailed(false);
        if (text !== undefined && !isOver) latest.current(text);
      } catch {
        setFailed(true);
      }
      if (!isOver) timer = setTimeout(() => void look(), PAUSE_MS);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [active, video]);
  return failed;
}
