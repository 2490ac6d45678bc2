import { CopyButton } from "@/components/patterns/copy-button";

/** Where a device publishes and listens, each line to copy. */
export function TopicList({ topics }: { topics: Record<string, string> }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {Object.entries(topics).map(([channel, topic]) => (
        <li key={channel} className="flex items-center gap-4">
          <span className="w-18 shrink-0 text-ink-2">{channel}</span>
          <span className="min-w-0 flex-1 font-mono tracking-tight wrap-anywhere">{topic}</span>
          <CopyButton text={topic} label={`Copy ${channel} topic`} variant="ghost" size="icon-sm" />
        </li>
      ))}
    </ul>
  );
}
