"use client";

import { useQuery } from "@tanstack/react-query";
import { niceScale } from "@/components/charts/chart-geometry";
import { ChartLegend } from "@/components/charts/chart-legend";
import { ChartPlot } from "@/components/charts/chart-plot";
import { ChartTable } from "@/components/charts/chart-table";
import { StackedArea } from "@/components/charts/stacked-area";
import { useTRPC } from "@/components/console/trpc";
import { ErrorState } from "@/components/patterns/error-state";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { RolloutCourse } from "@/server/services/rollouts/get-course";
import type { RolloutPageView } from "@/server/services/rollouts/get-rollout";
import { COURSE_SERIES, courseLabel, courseTimes, openingsOf } from "./course-series";

/** How a rollout went over time: who was done, failed and at work when, and where each stage began. */
export function CourseCard({ rollout }: { rollout: RolloutPageView }) {
  const trpc = useTRPC();
  const course = useQuery(trpc.rollouts.course.queryOptions({ id: rollout.id }));
  return (
    <Card>
      <CardHeader title="Over time" description="devices done, failed and under way" divided />
      <CardBody className="min-h-64 pt-4">
        {course.isError ? (
          <ErrorState level={3} onRetry={() => void course.refetch()} retrying={course.isFetching} />
        ) : course.data && course.data.points.length > 0 ? (
          <Chart course={course.data} rollout={rollout} />
        ) : null}
      </CardBody>
    </Card>
  );
}

function Chart({ course: { points, total }, rollout: { name, stages } }: { course: RolloutCourse; rollout: RolloutPageView }) {
  const times = courseTimes(points);
  const scale = niceScale(0, Math.max(1, total));
  const openings = openingsOf(stages, points);
  return (
    <div className="flex flex-col gap-3">
      <ChartPlot
        {...times}
        summary={`${name} from ${times.timeLabel(0)} to ${times.timeLabel(points.length - 1)}; last ${courseLabel(points.at(-1), total)}`}
        name={`Course of ${name}`}
        count={points.length}
        latest={points.length - 1}
        scale={scale}
        tickLabel={(value) => value.toLocaleString("en")}
        pointLabel={(index) => courseLabel(points[index], total)}
      >
        <StackedArea
          scale={scale}
          layers={COURSE_SERIES.map((series) => ({ ...series, values: points.map((point) => point[series.key]) }))}
        />
        {openings.map(({ position, share }) => (
          <span
            key={position}
            style={{ left: `${share * 100}%` }}
            className="absolute inset-y-0 border-l border-dashed border-line-3 pl-1 text-xs text-ink-3 tabular"
          >
            {position + 1}
          </span>
        ))}
      </ChartPlot>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <ChartLegend series={COURSE_SERIES} />
        {openings.length > 0 ? <p className="text-sm text-ink-3">Dashed: a stage begins.</p> : null}
      </div>
      <ChartTable
        caption={`Course of ${name}`}
        head={["When", ...COURSE_SERIES.map(({ label }) => label)]}
        rows={() =>
          points
            .map((point, index) => ({
              key: String(point.at.getTime()),
              label: times.timeLabel(index),
              figures: COURSE_SERIES.map(({ key }) => point[key]),
            }))
            .reverse()
        }
      />
    </div>
  );
}
