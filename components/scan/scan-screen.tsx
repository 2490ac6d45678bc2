"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { CameraView } from "./camera/camera-view";
import { codeDetector } from "./camera/code-detector";
import { ManualEntry } from "./manual-entry";
import type { FieldPack, OutboxEntry } from "./offline/field-database";
import { useFieldStore } from "./offline/use-field";
import { loadOutboxSheet } from "./scan-header";
import { useNfc } from "./use-nfc";
import { type Met, useScanner } from "./use-scanner";
import { useWalk } from "./walk/use-walk";
import { WalkBar } from "./walk/walk-bar";

const loadSheet = () => import("./sheet/scan-sheet");
const ScanSheet = dynamic(() => loadSheet().then((module) => module.ScanSheet), { ssr: false });
const loadWalkSetup = () => import("./walk/walk-setup");
const WalkSetup = dynamic(() => loadWalkSetup().then((module) => module.WalkSetup), { ssr: false });
const loadCoverage = () => import("./walk/coverage-sheet");
const CoverageSheet = dynamic(() => loadCoverage().then((module) => module.CoverageSheet), { ssr: false });

/** All that is loaded later: without a network it has to be here already. */
const LATER = [
  loadOutboxSheet,
  loadSheet,
  loadWalkSetup,
  loadCoverage,
  codeDetector,
  () => import("@/components/ui/toast-viewport"),
  () => import("@/components/ui/select-box"),
];

/** Camera, manual entry and what they found. */
export function ScanScreen({ pack, outbox, hosts }: { pack: FieldPack; outbox: OutboxEntry[]; hosts: readonly string[] }) {
  const store = useFieldStore();
  const [dialog, setDialog] = useState<"setup" | "coverage">();
  const meet = useRef<(met: Met) => Promise<void>>(undefined);
  const [walking, setWalking] = useState(false);
  const scanner = useScanner(store, hosts, walking ? (met) => void meet.current?.(met) : undefined);
  const { walk, next, start, skip, undo, end, onMet } = useWalk(store, scanner.setNotice);
  useEffect(() => {
    meet.current = onMet;
  });
  if (walking !== (walk !== undefined)) setWalking(walk !== undefined);
  const nfc = useNfc((text) => scanner.onText(text, "nfc"));
  const { onText } = scanner;

  useEffect(() => {
    void Promise.allSettled(LATER.map((load) => load())).then(() => store.keepShell());
  }, [store]);
  useEffect(() => {
    // A link to one device: from its page, or from a label that a phone's own camera read.
    const deviceId = new URL(location.href).searchParams.get("device");
    if (deviceId) onText(deviceId, "manual");
  }, [onText]);

  const busy = scanner.shown !== undefined || dialog !== undefined;
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <CameraView active={!busy} notice={scanner.notice} nfc={nfc} onText={(text) => onText(text, "camera")} />
      <div
        className={cn(
          "max-h-[60%] shrink-0 overflow-y-auto border-t bg-panel pb-[env(safe-area-inset-bottom)] lg:max-h-none lg:w-md lg:border-t-0 lg:border-l",
        )}
      >
        {walk ? (
          <WalkBar walk={walk} next={next} onSkip={() => void skip()} onUndo={() => void undo()} onEnd={() => setDialog("coverage")} />
        ) : null}
        <ManualEntry walking={walking} onText={(text) => onText(text, "manual")} onStartWalk={() => setDialog("setup")} />
      </div>
      {scanner.shown ? (
        <ScanSheet shown={scanner.shown} pack={pack} outbox={outbox} onClose={scanner.close} onReload={scanner.reload} />
      ) : null}
      {dialog === "setup" ? (
        <WalkSetup
          pack={pack}
          onClose={() => setDialog(undefined)}
          onStart={(options) => {
            setDialog(undefined);
            void start(options);
          }}
        />
      ) : null}
      {dialog === "coverage" && walk ? (
        <CoverageSheet
          walk={walk}
          onClose={() => setDialog(undefined)}
          onEnd={() => {
            setDialog(undefined);
            void end();
          }}
        />
      ) : null}
    </div>
  );
}
