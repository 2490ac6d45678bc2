"use client";

import { Trash2, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { FieldDevice } from "@/server/services/scan/views";
import { failureOf } from "../offline/field-api";
import { useField, useFieldStore } from "../offline/use-field";

/** Pictures of where it hangs. They stay on the server: without a network there is only their number. */
export function PhotoStrip({ device, mayEdit, onRemoved }: { device: FieldDevice; mayEdit: boolean; onRemoved: () => void }) {
  const store = useFieldStore();
  const { connection } = useField(store);
  const [shownId, setShownId] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { photos, deviceId } = device;
  if (photos.length === 0) return null;
  if (connection !== "online")
    return (
      <p className="text-sm text-ink-2">
        {photos.length === 1 ? "One picture" : `${photos.length} pictures`} on the server; shown when online.
      </p>
    );
  const shown = photos.find((photo) => photo.id === shownId);
  const remove = async (photoId: string) => {
    setBusy(true);
    try {
      await store.api.deletePhoto({ deviceId, photoId });
      setShownId(undefined);
      onRemoved();
    } catch (error) {
      const failure = failureOf(error);
      toast.error(failure.kind === "signed_out" ? "Sign in first." : failure.reason);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-label="Pictures" className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {photos.map((photo, index) => (
          <button
            key={photo.id}
            type="button"
            aria-label={`Show picture ${index + 1}`}
            onClick={() => setShownId(photo.id)}
            className="size-18 overflow-hidden rounded-control border border-line-2 bg-sunken"
          >
            <Picture id={photo.id} />
          </button>
        ))}
      </div>
      {shown ? (
        <figure className="flex flex-col gap-2">
          <div className="max-h-96 overflow-hidden rounded-card border border-line-2">
            <Picture id={shown.id} />
          </div>
          <figcaption className="flex flex-wrap items-center justify-between gap-2 text-sm text-ink-2">
            Taken {shown.takenAt.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}
            <span className="flex gap-2">
              {mayEdit ? (
                <Button loading={busy} onClick={() => void remove(shown.id)} className="h-11">
                  <Trash2 aria-hidden />
                  Remove
                </Button>
              ) : null}
              <Button onClick={() => setShownId(undefined)} className="h-11">
                <X aria-hidden />
                Hide
              </Button>
            </span>
          </figcaption>
        </figure>
      ) : null}
    </section>
  );
}

/** Private: the optimiser would fetch it without the reader's session. */
function Picture({ id }: { id: string }) {
  // eslint-disable-next-line @next/next/no-img-element
  return <img src={`/api/devices/photos/${id}`} alt="" loading="lazy" className="size-full object-cover" />;
}
