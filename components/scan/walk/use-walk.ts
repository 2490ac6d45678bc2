import { useCallback, useEffect, useRef, useState } from "react";
import { DEVICE_TYPE_FACTS } from "@/server/domain/devices/device-type";
import { judgeScan, nextPlace, placeLabel, startWalk, takePlace, undoStep, type Walk, type WalkOptions } from "@/server/domain/scan/walk";
import { signal } from "../feedback";
import { announceField, readWalk } from "../offline/field-database";
import type { FieldStore } from "../offline/field-store";
import { takeBack } from "../offline/outbox";
import type { Met, Notice } from "../use-scanner";

/** A walk that survives a reload: each scan is a step, and each step an action in the outbox. */
export function useWalk(store: FieldStore, setNotice: (notice: Notice) => void) {
  const [walk, setWalk] = useState<Walk>();
  // Two scans within one render must not get one place.
  const current = useRef<Walk>(undefined);

  const keep = useCallback(
    async (next: Walk | undefined) => {
      current.current = next;
      setWalk(next);
      const db = await store.database();
      if (next) await db.put("state", next, "walk");
      else await db.delete("state", "walk");
      announceField();
    },
    [store],
  );

  useEffect(() => {
    store
      .database()
      .then(readWalk)
      .then((kept) => {
        if (!kept || current.current) return;
        current.current = kept;
        setWalk(kept);
      })
      .catch(() => undefined);
  }, [store]);

  const refuse = useCallback(
    (text: string) => {
      signal("bad");
      setNotice({ tone: "critical", text });
    },
    [setNotice],
  );

  const onMet = useCallback(
    async ({ found }: Met) => {
      const now = current.current;
      const [match, second] = found.matches;
      if (!now || !match) return;
      if (second) return refuse("Several devices bear this serial number. Scan the label with the device ID.");
      const { device, may } = match;
      const { deviceId, name } = device;
      if (!may.edit) return refuse(`Your role does not let you move ${deviceId}.`);
      if (device.lifecycle === "decommissioned") return refuse(`${deviceId} is decommissioned.`);
      const verdict = judgeScan(now, device);
      switch (verdict.kind) {
        case "already":
          return refuse(`${deviceId} is already at ${placeLabel(now, verdict.place)}.`);
        case "wrong_type":
          return refuse(
            `${deviceId} is no ${DEVICE_TYPE_FACTS[verdict.expected].label.toLowerCase()}, but a ${DEVICE_TYPE_FACTS[device.type].label.toLowerCase()}.`,
          );
        case "wrong_farm":
          return refuse(`${deviceId} belongs to another farm than this walk.`);
        case "full":
          return refuse("Every place of this walk has had its turn.");
        case "fits":
          break;
      }
      const location = placeLabel(now, verdict.place);
      try {
        const { id } = await store.act({ kind: "set_location", deviceId, location, base: device.location });
        await keep(takePlace(now, { deviceId, name, formerLocation: device.location, actionId: id }));
        signal("good");
        setNotice({ tone: "healthy", text: `${deviceId} is at ${location}.` });
      } catch (error) {
        refuse((error as Error).message);
      }
    },
    [store, keep, refuse, setNotice],
  );

  const undo = useCallback(async () => {
    if (!current.current) return;
    const before = current.current;
    const { walk: after, undone } = undoStep(before);
    await keep(after);
    if (!undone?.device) return;
    const { deviceId, formerLocation, actionId } = undone.device;
    // What has been sent is not unsaid, but put back.
    if (!(await takeBack(await store.database(), actionId)))
      await store.act({ kind: "set_location", deviceId, location: formerLocation, base: placeLabel(before, undone.place) });
    setNotice({ tone: "healthy", text: `${deviceId} is where it was before.` });
  }, [store, keep, setNotice]);

  return {
    walk,
    next: walk && nextPlace(walk),
    start: (options: WalkOptions) => keep(startWalk(options)),
    skip: async () => {
      if (current.current && nextPlace(current.current) !== undefined) await keep(takePlace(current.current, null));
    },
    undo,
    end: () => keep(undefined),
    onMet,
  };
}
