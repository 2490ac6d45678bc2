import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

const CAMERA_KEY = "smart-dairy-scan-camera";

export type CameraStatus = "off" | "starting" | "on" | "denied" | "none" | "busy" | "insecure";

/** What some cameras can and TypeScript's library does not know. */
interface CameraCapabilities extends MediaTrackCapabilities {
  torch?: boolean;
  zoom?: { min: number; max: number; step: number };
}
type CameraConstraint = MediaTrackConstraintSet & { torch?: boolean; zoom?: number };

export interface Zoom {
  min: number;
  max: number;
  step: number;
  value: number;
}

export interface Camera {
  status: CameraStatus;
  /** `undefined` = this camera has no lamp. */
  torch: boolean | undefined;
  zoom: Zoom | undefined;
  canSwitch: boolean;
  toggleTorch: () => void;
  setZoom: (value: number) => void;
  switchCamera: () => void;
  restart: () => void;
}

/** Shows the camera in `video` while `wanted` and the page is in sight; the back one unless another was chosen. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, wanted: boolean): Camera {
  const [status, setStatus] = useState<CameraStatus>("off");
  const [torch, setTorch] = useState<boolean>();
  const [zoom, setZoomState] = useState<Zoom>();
  const [cameras, setCameras] = useState<string[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const track = useRef<MediaStreamTrack>(undefined);
  const visible = useVisible();
  const active = wanted && visible;

  useEffect(() => {
    if (!active) return;
    let stream: MediaStream | undefined;
    let isOver = false;
    const open = async () => {
      setStatus("starting");
      if (!navigator.mediaDevices) return setStatus("insecure");
      try {
        stream = await openCamera(chosen ?? remembered());
        if (isOver) return stop(stream);
        const [first] = stream.getVideoTracks();
        track.current = first;
        first?.addEventListener("ended", () => setStatus("busy"));
        const able = (first?.getCapabilities?.() ?? {}) as CameraCapabilities;
        setTorch(able.torch ? false : undefined);
        setZoomState(able.zoom && able.zoom.max > able.zoom.min ? { ...able.zoom, value: able.zoom.min } : undefined);
        if (video.current) {
          video.current.srcObject = stream;
          await video.current.play().catch(() => undefined);
        }
        setStatus("on");
        const devices = await navigator.mediaDevices.enumerateDevices();
        setCameras(devices.filter(({ kind }) => kind === "videoinput").map(({ deviceId }) => deviceId));
      } catch (error) {
        if (!isOver) setStatus(statusOf(error));
      }
    };
    void open();
    return () => {
      isOver = true;
      if (stream) stop(stream);
      track.current = undefined;
      setStatus("off");
    };
  }, [active, chosen, attempt, video]);

  const apply = useCallback((constraint: CameraConstraint) => {
    return track.current?.applyConstraints({ advanced: [constraint] }) ?? Promise.resolve();
  }, []);
  return {
    status,
    torch,
    zoom,
    canSwitch: cameras.length > 1,
    toggleTorch: () =>
      void apply({ torch: !torch }).then(
        () => setTorch(!torch),
        () => setTorch(undefined),
      ),
    setZoom: (value) =>
      void apply({ zoom: value }).then(
        () => setZoomState((before) => before && { ...before, value }),
        () => undefined,
      ),
    switchCamera: () => {
      const current = track.current?.getSettings().deviceId ?? "";
      const next = cameras[(cameras.indexOf(current) + 1) % cameras.length];
      if (!next) return;
      remember(next);
      setChosen(next);
    },
    restart: () => setAttempt((before) => before + 1),
  };
}

async function openCamera(deviceId: string | undefined): Promise<MediaStream> {
  const size = { width: { ideal: 1_920 }, height: { ideal: 1_080 } };
  if (deviceId) {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, deviceId: { exact: deviceId } } });
    } catch (error) {
      // Unplugged since it was chosen.
      if ((error as DOMException).name === "NotAllowedError") throw error;
    }
  }
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, facingMode: { ideal: "environment" } } });
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function statusOf(error: unknown): CameraStatus {
  const name = (error as DOMException).name;
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  return "busy";
}

function remembered(): string | undefined {
  try {
    return localStorage.getItem(CAMERA_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(deviceId: string): void {
  try {
    localStorage.setItem(CAMERA_KEY, deviceId);
  } catch {
    // Then the back camera opens first again.
  }
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const update = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", update);
    return () => document.removeEventListener("visibilitychange", update);
  }, []);
  return visible;
}
