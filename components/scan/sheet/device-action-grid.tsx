"use client";

import { Activity, Camera, Lightbulb, type LucideIcon, MapPin, Nfc, Replace, Wrench } from "lucide-react";
import { type ChangeEvent, useId, useState } from "react";
import { shrinkImage } from "@/components/maintenance/shrink-image";
import { cn } from "@/components/ui/cn";
import { Spinner } from "@/components/ui/spinner";
import { toast } from "@/components/ui/toast";
import type { FieldDevice, FieldPermissions } from "@/server/services/scan/views";
import { hasNfc } from "../nfc";
import { failureOf } from "../offline/field-api";
import type { NewAction } from "../offline/outbox";
import { useField, useFieldStore } from "../offline/use-field";

interface DeviceActionGridProps {
  device: FieldDevice;
  may: FieldPermissions;
  onAct: (action: NewAction, done: string) => Promise<void>;
  onOpen: (form: "location" | "nfc") => void;
}

/** What a fitter does; what needs a network is told so, not hidden. */
export function DeviceActionGrid({ device, may, onAct, onOpen }: DeviceActionGridProps) {
  const store = useFieldStore();
  const { connection } = useField(store);
  const [asking, setAsking] = useState(false);
  const { deviceId, lifecycle } = device;
  const reachable = lifecycle !== "draft";
  const offline = connection !== "online";
  const inMaintenance = lifecycle === "maintenance";
  const identify = async () => {
    setAsking(true);
    try {
      await store.api.identify(deviceId);
      toast.success(`${deviceId} is asked to blink`);
    } catch (error) {
      const failure = failureOf(error);
      toast.error(failure.kind === "signed_out" ? "Sign in first." : failure.reason);
    } finally {
      setAsking(false);
    }
  };
  if (!may.edit && !may.command) return <p className="text-ink-2">Your role on this farm lets you look, not change.</p>;
  return (
    <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
      {may.edit ? <ActionButton icon={MapPin} label="Set place" onClick={() => onOpen("location")} /> : null}
      {may.edit ? <PhotoButton deviceId={deviceId} onAct={onAct} /> : null}
      {may.command && reachable ? (
        <ActionButton
          icon={Lightbulb}
          label="Identify"
          note={offline ? "Needs a network" : undefined}
          busy={asking}
          disabled={offline}
          onClick={() => void identify()}
        />
      ) : null}
      {may.command && reachable ? (
        <ActionButton
          icon={Activity}
          label="Run diagnostic"
          note={offline ? "When online again" : undefined}
          onClick={() =>
            void onAct({ kind: "run_diagnostic", deviceId }, offline ? "Runs when there is a network" : `${deviceId} is being examined`)
          }
        />
      ) : null}
      {may.edit && reachable ? (
        <ActionButton
          icon={Wrench}
          label={inMaintenance ? "Back in service" : "Put in maintenance"}
          onClick={() =>
            void onAct(
              { kind: "set_maintenance", deviceId, maintenance: !inMaintenance },
              inMaintenance ? `${deviceId} is back in service` : `${deviceId} is in maintenance`,
            )
          }
        />
      ) : null}
      {may.replace && may.edit ? (
        <ActionButton
          icon={Replace}
          label="Replace"
          note={offline ? "Needs a network" : undefined}
          disabled={offline}
          href={`/devices/${deviceId}/replace`}
        />
      ) : null}
      {hasNfc() ? <ActionButton icon={Nfc} label="Write NFC tag" onClick={() => onOpen("nfc")} /> : null}
    </div>
  );
}

const TILE =
  "flex min-h-16 w-full flex-col items-center justify-center gap-0.5 rounded-control border border-line-2 bg-panel px-2 py-2 text-center font-medium hover:bg-sunken active:bg-sunken";

interface ActionButtonProps {
  icon: LucideIcon;
  label: string;
  /** Why it is not, or not yet, done. */
  note?: string;
  busy?: boolean;
  disabled?: boolean;
  href?: string;
  onClick?: () => void;
}

function ActionButton({ icon: Icon, label, note, busy, disabled, href, onClick }: ActionButtonProps) {
  const content = (
    <>
      {busy ? <Spinner className="size-5" /> : <Icon aria-hidden className="size-5 text-accent" />}
      {label}
      {note ? <span className="text-xs font-normal text-ink-2">{note}</span> : null}
    </>
  );
  if (href && !disabled) {
    return (
      <a href={href} className={TILE}>
        {content}
      </a>
    );
  }
  return (
    <button type="button" disabled={disabled} onClick={onClick} className={cn(TILE, disabled && "bg-sunken text-ink-2")}>
      {content}
    </button>
  );
}

function PhotoButton({ deviceId, onAct }: { deviceId: string; onAct: DeviceActionGridProps["onAct"] }) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (!file) return;
    setBusy(true);
    try {
      const { content } = await shrinkImage(file);
      await onAct({ kind: "add_photo", deviceId, content }, "Picture kept");
    } catch {
      toast.error(`${file.name} is no picture that this browser can read.`);
    } finally {
      setBusy(false);
      // The same file again is a choice, too.
      target.value = "";
    }
  };
  return (
    <label
      htmlFor={id}
      className={cn(
        TILE,
        "relative cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
      )}
    >
      {busy ? <Spinner className="size-5" /> : <Camera aria-hidden className="size-5 text-accent" />}
      Take a picture
      <input
        id={id}
        type="file"
        accept="image/*"
        capture="environment"
        disabled={busy}
        onChange={(event) => void choose(event)}
        className="sr-only"
      />
    </label>
  );
}
