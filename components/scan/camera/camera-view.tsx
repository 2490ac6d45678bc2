"use client";

import { useRef, useState } from "react";
import { Callout } from "@/components/ui/callout";
import { Button } from "@/components/ui/button";
import type { useNfc } from "../use-nfc";
import type { Notice } from "../use-scanner";
import { CameraControls } from "./camera-controls";
import { type CameraStatus, useCamera } from "./use-camera";
import { useDetection } from "./use-detection";

interface CameraViewProps {
  /** False while a sheet lies over it: nothing is looked for then. */
  active: boolean;
  notice: Notice | undefined;
  nfc: ReturnType<typeof useNfc>;
  onText: (text: string) => void;
}

const TROUBLE: Partial<Record<CameraStatus, string>> = {
  denied: "The camera is not allowed. Allow it for this site in the browser’s settings, then try again.",
  none: "This machine has no camera. Type what the label says.",
  busy: "Another program has the camera, or it was unplugged.",
  insecure: "Browsers give the camera to secure pages only (https). Type what the label says.",
};

/** The picture with its frame: always dark, so that eyes stay used to the barn. */
export function CameraView({ active, notice, nfc, onText }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [wanted, setWanted] = useState(true);
  const camera = useCamera(video, wanted);
  const detectorFailed = useDetection(video, active && camera.status === "on", onText);
  const trouble = detectorFailed ? "The reader of codes could not be loaded. Type what the label says." : TROUBLE[camera.status];
  return (
    <section aria-label="Camera" className="relative min-h-56 flex-1 overflow-hidden bg-camera text-on-camera">
      {/* A live picture has no words to caption. */}
      <video ref={video} muted playsInline aria-hidden className="absolute inset-0 size-full object-cover" />
      {camera.status === "on" ? (
        <div aria-hidden className="absolute inset-0 grid place-items-center">
          <Frame />
        </div>
      ) : null}
      <div className="absolute inset-x-0 top-0 flex flex-col items-center gap-2 p-3">
        {notice ? (
          <Callout tone={notice.tone} live className="w-full max-w-xl text-lg shadow-float">
            {notice.text}
          </Callout>
        ) : camera.status === "on" ? (
          <p className="rounded-full bg-camera/80 px-4 py-1.5 font-medium">Hold the code into the frame</p>
        ) : null}
        {trouble ? (
          <Callout
            tone="warning"
            className="w-full max-w-xl"
            action={
              camera.status === "denied" || camera.status === "busy" ? <Button onClick={camera.restart}>Try again</Button> : undefined
            }
          >
            {trouble}
          </Callout>
        ) : null}
      </div>
      <CameraControls camera={camera} nfc={nfc} wanted={wanted} onWantedChange={setWanted} />
    </section>
  );
}

/** Four corners; the square that is looked at. */
function Frame() {
  const corner = "absolute size-10 border-camera-accent";
  return (
    <div className="relative aspect-square h-[min(60%,80vw)] max-h-96">
      <span className={`${corner} top-0 left-0 rounded-tl-card border-t-4 border-l-4`} />
      <span className={`${corner} top-0 right-0 rounded-tr-card border-t-4 border-r-4`} />
      <span className={`${corner} bottom-0 left-0 rounded-bl-card border-b-4 border-l-4`} />
      <span className={`${corner} right-0 bottom-0 rounded-br-card border-r-4 border-b-4`} />
    </div>
  );
}
