import { CheckboxField } from "@/components/ui/checkbox";
import { FieldSet } from "@/components/ui/field-set";
import {
  WEBHOOK_EVENT_MEANINGS,
  WEBHOOK_TOPIC_LABELS,
  WEBHOOK_TOPICS,
  type WebhookEventType,
  type WebhookTopic,
} from "@/server/domain/webhooks/vocabulary";
import { typesOf } from "./webhook-facts";

interface EventFieldsProps {
  selected: readonly WebhookEventType[];
  onChange: (selected: WebhookEventType[]) => void;
  error: string | undefined;
}

/** Which events, by topic; each topic opens to its own. */
export function EventFields({ selected, onChange, error }: EventFieldsProps) {
  return (
    <FieldSet legend="Events" error={error}>
      <div className="flex flex-col divide-y rounded-control border">
        {WEBHOOK_TOPICS.map((topic) => (
          <Topic key={topic} topic={topic} selected={selected} onChange={onChange} />
        ))}
      </div>
    </FieldSet>
  );
}

function Topic({ topic, selected, onChange }: { topic: WebhookTopic } & Pick<EventFieldsProps, "selected" | "onChange">) {
  const types = typesOf(topic);
  const chosen = types.filter((type) => selected.includes(type));
  const others = selected.filter((type) => !types.includes(type));
  return (
    <div className="px-3 py-2.5">
      <CheckboxField
        label={WEBHOOK_TOPIC_LABELS[topic]}
        description={chosen.length === types.length ? `All ${types.length} events` : `${chosen.length} of ${types.length} events`}
        checked={chosen.length === types.length}
        indeterminate={chosen.length > 0 && chosen.length < types.length}
        onCheckedChange={(isOn) => onChange(isOn ? [...others, ...types] : others)}
      />
      <details className="mt-1 pl-7.5">
        <summary className="w-fit cursor-pointer rounded-inner text-sm text-ink-2 hover:text-ink pointer-coarse:py-2.5">
          Choose single events<span className="sr-only"> of {WEBHOOK_TOPIC_LABELS[topic]}</span>
        </summary>
        <div className="flex flex-col gap-2.5 pt-2.5 pb-1">
          {types.map((type) => (
            <CheckboxField
              key={type}
              label={<span className="font-mono text-sm tracking-tight break-all">{type}</span>}
              description={WEBHOOK_EVENT_MEANINGS[type]}
              checked={selected.includes(type)}
              onCheckedChange={(isOn) => onChange(isOn ? [...selected, type] : selected.filter((other) => other !== type))}
            />
          ))}
        </div>
      </details>
    </div>
  );
}
