import { useCallback, useEffect, useRef, useState } from "react";
import { FOREIGN_CODE_LABELS } from "@/server/domain/scan/foreign-code";
import { type CodeReading, readCode, type ScannedDevice } from "@/server/domain/scan/read-code";
import { RepeatGuard } from "@/server/domain/scan/repeats";
import { signal } from "./feedback";
import type { FieldStore, Found } from "./offline/field-store";
import type { ScannedBy } from "./offline/field-api";
import { rememberPrefix } from "./recent-prefixes";

export type ScanWay = "camera" | "nfc" | "manual";

/** What a code told of a device that is not registered, for registering it. */
export type NewDevice = Partial<ScannedDevice>;

/** What lies on the sheet. */
export type Shown =
  | { kind: "found"; by: ScannedBy; found: Found }
  | { kind: "unknown"; by: ScannedBy; scanned: NewDevice; way: ScanWay; /** Who was asked. */ source: Found["source"]; taken: boolean };

export interface Notice {
  tone: "warning" | "critical" | "healthy";
  text: string;
}

/** A device that was looked up, for a walk. */
export type Met = { found: Found; by: ScannedBy };

const NOTICE_MS = 5_000;

/**
 * From a text that was scanned, tapped or typed to what it means.
 * @param onMet takes a device instead of the sheet: a walk is under way
 */
export function useScanner(store: FieldStore, hosts: readonly string[], onMet: ((met: Met) => void) | undefined) {
  const [shown, setShown] = useState<Shown>();
  const [notice, setNotice] = useState<Notice>();
  const [guard] = useState(() => new RepeatGuard());
  const turn = useRef(0);
  const met = useRef(onMet);
  useEffect(() => {
    met.current = onMet;
  });
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setNotice(undefined), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);

  const refuse = useCallback((text: string, tone: Notice["tone"] = "critical") => {
    signal("bad");
    setNotice({ tone, text });
  }, []);

  const lookUp = useCallback(
    async (by: ScannedBy, scanned: NewDevice, way: ScanWay) => {
      const mine = ++turn.current;
      const isOver = () => mine !== turn.current;
      const unknown = (found: Pick<Found, "source" | "taken">) =>
        setShown({ kind: "unknown", by, scanned, way, source: found.source, taken: found.taken });
      const here = await store.findHere(by).catch((): Found => ({ source: "tablet", matches: [], taken: false }));
      if (isOver()) return;
      if (met.current && here.matches.length > 0) return met.current({ found: here, by });
      if (here.matches.length > 0) {
        signal("good");
        setShown({ kind: "found", by, found: here });
      }
      try {
        const there = await store.findThere(by);
        if (isOver()) return;
        if (!there && here.matches.length > 0) return;
        if (there && there.matches.length > 0) {
          if (met.current) return met.current({ found: there, by });
          if (here.matches.length === 0) signal("good");
          return setShown((before) => (before || here.matches.length === 0 ? { kind: "found", by, found: there } : before));
        }
        if (met.current) return refuse("Not registered: it gets no place on this walk.");
        signal(there?.taken ? "bad" : "good");
        unknown(there ?? here);
      } catch (error) {
        if (!isOver()) refuse((error as Error).message);
      }
    },
    [store, refuse],
  );

  const onText = useCallback(
    (text: string, way: ScanWay) => {
      if (way === "camera" && !guard.isNew(text, performance.now())) return;
      const reading = readCode(text, hosts);
      const wanted = wantedBy(reading);
      if (!wanted) return refuse(sentenceOf(reading), reading.kind === "foreign" ? "warning" : "critical");
      setNotice(undefined);
      if ("deviceId" in wanted.by) rememberPrefix(wanted.by.deviceId);
      void lookUp(wanted.by, wanted.scanned, way);
    },
    [guard, hosts, lookUp, refuse],
  );

  const close = useCallback(() => {
    turn.current++;
    guard.touch(performance.now());
    setShown(undefined);
  }, [guard]);

  /** Asks the server anew about what lies on the sheet, without a sound. */
  const reload = useCallback(
    async (by: ScannedBy) => {
      const mine = turn.current;
      const there = await store.findThere(by).catch(() => undefined);
      if (mine !== turn.current || !there || there.matches.length === 0) return;
      setShown((before) => before && { kind: "found", by, found: there });
    },
    [store],
  );

  return { shown, notice, onText, close, setNotice, reload };
}

function wantedBy(reading: CodeReading): { by: ScannedBy; scanned: NewDevice } | undefined {
  if (reading.kind === "device") return { by: { deviceId: reading.device.deviceId }, scanned: reading.device };
  if (reading.kind !== "unit") return undefined;
  const { serialNumber, macAddress } = reading;
  if (serialNumber !== null) return { by: { serialNumber }, scanned: { serialNumber, macAddress } };
  return macAddress === null ? undefined : { by: { macAddress }, scanned: { macAddress } };
}

/** Why a code leads nowhere. */
function sentenceOf(reading: CodeReading): string {
  if (reading.kind === "malformed") return `Damaged code. ${reading.problem}`;
  if (reading.kind !== "foreign") return "";
  const { what, detail } = reading.code;
  return `Not a device: ${FOREIGN_CODE_LABELS[what]}${detail ? ` (${detail})` : ""}.`;
}
