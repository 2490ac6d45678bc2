import { amountOf, formatCount } from "@/components/patterns/format-count";
import type { RolloutKind } from "@/server/domain/rollouts/vocabulary";
import type { RolloutProgress } from "./rollout-progress";

const were = (count: number) => (count === 1 ? "was" : "were");

/** What a stage is doing: `12 devices are at work, 64 wait their turn, 7 are held back.` */
export function atWorkInWords({ underWay, waiting, held }: RolloutProgress): string {
  if (underWay + waiting + held === 0) return "All its devices are through.";
  const parts = [
    underWay > 0 ? `${amountOf(underWay, "device")} ${underWay === 1 ? "is" : "are"} at work` : "No device is at work",
    ...(waiting > 0 ? [`${formatCount(waiting)} ${waiting === 1 ? "waits its" : "wait their"} turn`] : []),
    ...(held > 0 ? [`${formatCount(held)} ${held === 1 ? "is" : "are"} held back`] : []),
  ];
  return `${parts.join(", ")}.`;
}

/** What became of the devices of a rollout that is over: `6 of 18 devices were updated; 12 were called off.` */
export function fateInWords(progress: RolloutProgress, kind: RolloutKind): string {
  const { total, done, failed, underWay, held, waiting, calledOff, leftOut } = progress;
  if (total === 0) return leftOut > 0 ? "All its devices were left out." : "It had no devices.";
  const parts = [
    `${formatCount(done)} of ${amountOf(total, "device")} ${were(total)} ${kind === "update" ? "updated" : "sent back"}`,
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(calledOff > 0 ? [`${formatCount(calledOff)} ${were(calledOff)} called off`] : []),
    ...(underWay > 0 ? [`${formatCount(underWay)} ${underWay === 1 ? "is" : "are"} still at work`] : []),
    ...(held + waiting > 0 ? [`${formatCount(held + waiting)} ${were(held + waiting)} not told`] : []),
  ];
  return `${parts.join("; ")}.`;
}
