"use client";

import {
  Camera as CameraIcon,
  CameraOff,
  Flashlight,
  FlashlightOff,
  type LucideIcon,
  Nfc,
  SwitchCamera,
  Volume2,
  VolumeX,
} from "lucide-react";
import { useEffect, useState } from "react";
import { cn } from "@/components/ui/cn";
import { isSoundOn, setSound } from "../feedback";
import type { useNfc } from "../use-nfc";
import type { Camera } from "./use-camera";

interface CameraControlsProps {
  camera: Camera;
  nfc: ReturnType<typeof useNfc>;
  wanted: boolean;
  onWantedChange: (wanted: boolean) => void;
}

/** Lamp, other camera, zoom, NFC and sound, as far as this machine has them; large enough for a glove. */
export function CameraControls({ camera, nfc, wanted, onWantedChange }: CameraControlsProps) {
  const [sound, setSoundState] = useState(true);
  useEffect(() => queueMicrotask(() => setSoundState(isSoundOn())), []);
  const { torch, zoom, canSwitch } = camera;
  return (
    <div className="absolute inset-x-0 bottom-0 flex flex-col items-center gap-3 p-3">
      {zoom ? (
        <label className="flex h-12 w-full max-w-md items-center gap-3 rounded-full bg-camera/80 px-5">
          <span className="font-medium">Zoom</span>
          <input
            type="range"
            min={zoom.min}
            max={zoom.max}
            step={zoom.step || 0.1}
            value={zoom.value}
            onChange={(event) => camera.setZoom(Number(event.target.value))}
            className="h-11 w-full accent-camera-accent"
          />
        </label>
      ) : null}
      <div className="flex flex-wrap justify-center gap-3">
        {torch === undefined ? null : (
          <Control icon={torch ? Flashlight : FlashlightOff} label="Lamp" lit={torch} pressed={torch} onClick={camera.toggleTorch} />
        )}
        {canSwitch ? <Control icon={SwitchCamera} label="Other camera" onClick={camera.switchCamera} /> : null}
        {nfc.state === "absent" ? null : (
          <Control icon={Nfc} label="Read NFC tags" lit={nfc.state === "on"} pressed={nfc.state === "on"} onClick={nfc.toggle} />
        )}
        <Control icon={wanted ? CameraIcon : CameraOff} label="Camera" pressed={wanted} onClick={() => onWantedChange(!wanted)} />
        <Control
          icon={sound ? Volume2 : VolumeX}
          label="Sound"
          pressed={sound}
          onClick={() => {
            setSound(!sound);
            setSoundState(!sound);
          }}
        />
      </div>
    </div>
  );
}

interface ControlProps {
  icon: LucideIcon;
  label: string;
  pressed?: boolean;
  /** Stands out: it is not usually on. */
  lit?: boolean;
  onClick: () => void;
}

function Control({ icon: Icon, label, pressed, lit, onClick }: ControlProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onClick}
      className={cn(
        "grid size-13 place-items-center rounded-full border border-on-camera/40 bg-camera/80 active:bg-camera",
        lit && "border-transparent bg-camera-accent text-camera",
      )}
    >
      <Icon aria-hidden className="size-6" />
    </button>
  );
}
