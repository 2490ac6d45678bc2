import { useId } from "react";

/** Text of another system, as it came; it scrolls inside its box, by keyboard too. */
export function Excerpt({ label, text }: { label: string; text: string }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <p id={id} className="mb-1 text-sm text-ink-2">
        {label}
      </p>
      <div
        role="region"
        aria-labelledby={id}
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-control border bg-sunken -outline-offset-2"
      >
        <pre className="px-3 py-2.5 font-mono text-sm break-words whitespace-pre-wrap">{text}</pre>
      </div>
    </div>
  );
}
