import type { TargetState } from "@/server/domain/rollouts/vocabulary";
import { isTerminal } from "@/server/domain/rollouts/transitions";
import type { DeviceUpdate } from "@/server/services/rollouts/list-device-updates";

/** One state that a device was in, and when, as shares 0 … 1 of the whole. */
export interface UpdateSpan {
  state: TargetState;
  at: Date;
  detail: string | null;
  from: number;
  to: number;
  /** How long it lasted; of the end, all of it from being told on. Empty = nobody knows. */
  seconds: number | null;
  isEnd: boolean;
}

/** The states of one attempt, oldest first; what goes on lasts until now. */
export function spansOf(log: DeviceUpdate["log"], nowMs: number): UpdateSpan[] {
  const first = log[0]?.at.getTime() ?? 0;
  const last = log.at(-1);
  const end = last && !isTerminal(last.state) ? Math.max(nowMs, last.at.getTime()) : (last?.at.getTime() ?? 0);
  const share = (ms: number) => (end > first ? (ms - first) / (end - first) : 0);
  return log.map(({ at, state, detail, durationSeconds }, index) => {
    const isEnd = isTerminal(state);
    const until = isEnd ? at.getTime() : (log[index + 1]?.at.getTime() ?? end);
    const seconds = isEnd ? durationSeconds : Math.max(0, Math.round((until - at.getTime()) / 1000));
    return { state, at, detail, from: share(at.getTime()), to: share(until), seconds, isEnd };
  });
}
