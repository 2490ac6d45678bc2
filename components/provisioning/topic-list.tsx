import { CopyButton } from "@/components/patterns/copy-button";

/** Where a device publishes and listens, each line to copy. */
export function TopicList({ topics }: { topics: Record<string, string> }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5">
      {Object.entries(topics).map(([channel, topic]) => (
        <div key={channel} className="contents">
          <dt className="text-ink-2">{channel}</dt>
          <dd className="truncate font-mono tracking-tight" title={topic}>
            {topic}
          </dd>
          <CopyButton text={topic} label={`Copy ${channel} topic`} variant="ghost" size="icon-sm" />
        </div>
      ))}
    </dl>
  );
}
