import { type ReactNode, useId } from "react";

interface ChartFigureProps {
  title: string;
  /** What is drawn: "%, the lowest hour in pale". */
  description: string;
  /** Beside the title: the latest value. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A picture with its name above. */
export function ChartFigure({ title, description, aside, children }: ChartFigureProps) {
  const id = useId();
  return (
    <figure aria-labelledby={id} className="flex min-w-0 flex-col gap-3">
      <figcaption className="flex items-baseline justify-between gap-3">
        <span>
          <span id={id} className="font-medium">
            {title}
          </span>{" "}
          <span className="text-sm text-ink-3">{description}</span>
        </span>
        {aside ? <span className="shrink-0 text-sm font-medium tabular">{aside}</span> : null}
      </figcaption>
      {children}
    </figure>
  );
}

/** In the plot's place, as high as it and its axis. */
export function ChartNote({ children }: { children: ReactNode }) {
  return <p className="grid h-41 place-items-center rounded-control bg-sunken px-4 text-center text-sm text-ink-2">{children}</p>;
}
