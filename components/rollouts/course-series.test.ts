import { expect, test } from "vitest";
import type { StageView } from "@/server/services/rollouts/get-rollout";
import { courseLabel, courseTimes, openingsOf } from "./course-series";

const NOON = new Date(2026, 2, 10, 12);
const point = (minutes: number) => ({ at: new Date(NOON.getTime() + minutes * 60_000), done: 0, failed: 0, underWay: 0 });

test("times name the day only where it changes, and drop the hour over many", () => {
  expect(courseTimes([point(0), point(30), point(60)]).timeTicks).toEqual(["12:00", "12:30", "13:00"]);
  expect(courseTimes([point(0), point(720), point(1_440)]).timeTicks[2]).toBe("11 Mar, 12:00");
  expect(courseTimes([point(0), point(4_320), point(8_640)]).timeTicks[1]).toBe("13 Mar");
});

test("a moment is told with what there was", () => {
  expect(courseLabel({ ...point(0), done: 17 }, 60)).toBe("17 of 60 devices done");
  expect(courseLabel({ ...point(0), done: 1_000, failed: 3, underWay: 10 }, 2_000)).toBe(
    "1,000 of 2,000 devices done, 3 failed, 10 under way",
  );
  expect(courseLabel(undefined, 60)).toBe("");
});

test("stages after the first are marked where they began", () => {
  const stage = (position: number, openedAt: Date | null) => ({ position, openedAt }) as StageView;
  const stages = [stage(0, point(0).at), stage(1, point(15).at), stage(2, null), stage(3, point(99).at)];
  expect(openingsOf(stages, [point(0), point(60)])).toEqual([{ position: 1, share: 0.25 }]);
  expect(openingsOf(stages, [])).toEqual([]);
});
