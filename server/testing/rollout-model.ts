import { decideStage, type StageGate } from "@/server/domain/rollouts/decide";
import { canMoveTarget, hasFailed, isActive } from "@/server/domain/rollouts/transitions";
import type { ActiveTargetState, ReportedUpdateState, RolloutState, StageState, TargetState } from "@/server/domain/rollouts/vocabulary";
import { STATE_DEADLINE_MINUTES } from "@/server/domain/rollouts/deadlines";

/** A device as it really is, whatever the server knows. */
export interface ModelDevice {
  key: string;
  version: string;
  boot: number;
  /** Of its last heartbeat. */
  seenAtMs: number;
}

export interface ModelTarget {
  device: ModelDevice;
  position: number;
  attempt: number;
  superseded: boolean;
  state: TargetState;
  fromBoot: number;
  sentAtMs: number;
  deadlineAtMs: number;
  claimedAtMs: number | null;
  progress: number;
}

interface ModelStage {
  gate: StageGate;
  state: StageState;
  soakUntilMs: number;
  approved: boolean;
}

const ORDER: TargetState[] = ["sent", "downloading", "downloaded", "installing", "verifying"];
const MINUTE_MS = 60_000;

/**
 * The rollout engine without a database, one device after the other: what the real one is compared with, step by step.
 * Targets are in the order in which they are told.
 */
export class RolloutModel {
  state: RolloutState = "scheduled";
  stage = 0;
  baseline = { completed: 0, failed: 0 };

  constructor(
    readonly version: string,
    readonly stages: ModelStage[],
    readonly targets: ModelTarget[],
    readonly maxInFlight: number,
    readonly scheduledAtMs: number,
  ) {}

  tick(nowMs: number): void {
    const isDue = this.state === "scheduled" && nowMs >= this.scheduledAtMs;
    const hasWork = this.state === "in_progress" || isDue || this.targets.some(({ state }) => isActive(state));
    if (!hasWork) return;
    if (isDue) {
      this.state = "in_progress";
      this.stages[0]!.state = "open";
    }
    this.reconcile(this.targets);
    for (const target of this.targets) {
      if (isActive(target.state) && target.deadlineAtMs <= nowMs) this.#move(target, "timed_out");
    }
    this.#judge(nowMs);
    this.#tell(nowMs);
  }

  report(target: ModelTarget, said: { state: ReportedUpdateState; attempt: number; progress: number }, nowMs: number): void {
    if (said.attempt !== target.attempt || !isActive(target.state)) return;
    const claims = said.state === "completed";
    const state = claims ? "verifying" : said.state;
    if (state === "failed" || state === "rolled_back") return this.#move(target, state);
    const distance = ORDER.indexOf(state) - ORDER.indexOf(target.state);
    const isProgress = state === "downloading" && distance === 0 && said.progress > target.progress;
    if (distance <= 0 && !isProgress && !(claims && target.claimedAtMs === null)) return;
    target.state = state;
    if (state === "downloading") target.progress = said.progress;
    if (claims) target.claimedAtMs ??= nowMs;
    target.deadlineAtMs = nowMs + STATE_DEADLINE_MINUTES[state as ActiveTargetState] * MINUTE_MS;
  }

  /** What devices run decides. */
  reconcile(targets: readonly ModelTarget[]): void {
    for (const target of targets) {
      if (!isActive(target.state)) continue;
      const { version, boot, seenAtMs } = target.device;
      // Who tells its states tells the last one, too: an image on trial may yet go back.
      const isOver = target.claimedAtMs !== null || target.state === "sent";
      if (isOver && version === this.version && boot !== target.fromBoot && seenAtMs > target.sentAtMs) this.#move(target, "completed");
      else if (target.claimedAtMs !== null && seenAtMs > target.claimedAtMs && version !== this.version) this.#move(target, "failed");
    }
  }

  pause(): void {
    if (this.state === "in_progress") this.state = "paused";
  }

  resume(): void {
    if (this.state !== "paused") return;
    this.state = "in_progress";
    const { completed, failed } = this.#counts();
    this.baseline = { completed, failed };
  }

  /** None of the commands has left the outbox in this model: who was told and has not begun is let go. */
  cancel(): void {
    if (!["scheduled", "in_progress", "paused"].includes(this.state)) return;
    this.state = "cancelled";
    for (const target of this.targets) if (["pending", "held", "sent"].includes(target.state)) target.state = "cancelled";
  }

  retry(nowMs: number): void {
    if (!["scheduled", "in_progress", "paused"].includes(this.state)) return;
    for (const former of this.#latest().filter(({ state }) => hasFailed(state))) {
      former.superseded = true;
      const again: ModelTarget = {
        ...former,
        attempt: former.attempt + 1,
        superseded: false,
        state: "pending",
        claimedAtMs: null,
        progress: -1,
        sentAtMs: nowMs,
      };
      this.targets.splice(this.targets.indexOf(former) + 1, 0, again);
    }
  }

  approve(): void {
    const stage = this.stages[this.stage]!;
    if (this.state === "in_progress" && stage.state === "awaiting_approval") stage.approved = true;
  }

  #judge(nowMs: number): void {
    if (this.state !== "in_progress") return;
    const stage = this.stages[this.stage]!;
    const decision = decideStage(
      {
        state: stage.state,
        gate: stage.gate,
        counts: this.#counts(),
        baseline: this.baseline,
        soakUntil: new Date(stage.soakUntilMs),
        approvedAt: stage.approved ? new Date(nowMs) : null,
      },
      new Date(nowMs),
    );
    const isLast = this.stage === this.stages.length - 1;
    if (decision.kind === "stop") this.state = "paused";
    if (decision.kind === "soak") Object.assign(stage, { state: "soaking", soakUntilMs: decision.until.getTime() });
    if (decision.kind === "ask_approval") stage.state = "awaiting_approval";
    if (decision.kind !== "done") return;
    if (isLast && this.#latest().some(({ state, position }) => position <= this.stage && !isEnded(state))) return;
    stage.state = "done";
    if (isLast) this.state = "completed";
    else {
      this.stage += 1;
      this.stages[this.stage]!.state = "open";
      this.baseline = { completed: 0, failed: 0 };
    }
  }

  #tell(nowMs: number): void {
    if (this.state !== "in_progress") return;
    for (const target of this.targets) {
      if (target.position > this.stage) continue;
      // Came to the version by itself.
      if (target.state === "pending" && target.device.version === this.version) target.state = "skipped";
    }
    for (const target of this.targets) {
      if (target.state !== "pending" || target.position > this.stage || target.superseded) continue;
      if (this.targets.filter(({ state }) => isActive(state)).length >= this.maxInFlight) return;
      if (this.targets.some((other) => other.device === target.device && isActive(other.state))) continue;
      Object.assign(target, {
        state: "sent",
        sentAtMs: nowMs,
        fromBoot: target.device.boot,
        deadlineAtMs: nowMs + STATE_DEADLINE_MINUTES.sent * MINUTE_MS,
      });
    }
  }

  #latest(): ModelTarget[] {
    return this.targets.filter(({ superseded }) => !superseded);
  }

  #counts() {
    const here = this.#latest().filter(({ position }) => position === this.stage);
    const count = (test: (state: TargetState) => boolean) => here.filter(({ state }) => test(state)).length;
    return {
      waiting: count((state) => state === "pending" || state === "held"),
      active: count(isActive),
      completed: count((state) => state === "completed"),
      failed: count(hasFailed),
      out: count((state) => state === "skipped" || state === "cancelled"),
    };
  }

  #move(target: ModelTarget, to: TargetState): void {
    if (!canMoveTarget(target.state, to)) throw new Error(`the model moved ${target.state} → ${to}`);
    target.state = to;
  }
}

function isEnded(state: TargetState): boolean {
  return !isActive(state) && state !== "pending" && state !== "held";
}
