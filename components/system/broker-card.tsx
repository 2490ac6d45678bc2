import { formatCount } from "@/components/patterns/format-count";
import { DefinitionList } from "@/components/patterns/definition-list";
import { RelativeTime } from "@/components/patterns/relative-time";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { Subscription } from "@/server/domain/system/process-facts";
import type { BrokerView } from "@/server/services/system/describe-broker";

/** The broker, as its process and the workers say it is. */
export function BrokerCard({ broker, receivingSince }: { broker: BrokerView; receivingSince: Date | null }) {
  const { isEmbedded, isReachable, clients } = broker;
  return (
    <Card aria-label="Broker">
      <CardHeader
        title="Broker"
        description={isEmbedded ? "Embedded in this installation" : "Your own (MQTT_URL)"}
        divided
        aside={
          <Badge tone={isReachable ? "healthy" : isReachable === false ? "critical" : "unknown"}>
            {isReachable ? "Connected" : isReachable === false ? "Away" : "Unknown"}
          </Badge>
        }
      />
      <CardBody>
        <DefinitionList
          items={[
            { term: "Address", value: broker.address, mono: true },
            { term: "Version", value: isEmbedded ? undefined : (broker.version ?? <Untold />) },
            {
              term: "Connected",
              value: broker.connectedSince ? (
                <>
                  for <RelativeTime at={broker.connectedSince} />
                </>
              ) : isReachable === null ? (
                "No worker runs that could tell"
              ) : (
                "Not now"
              ),
            },
            {
              term: "Receiving",
              value: receivingSince ? (
                <>
                  without a gap for <RelativeTime at={receivingSince} />
                </>
              ) : (
                "Nothing is received"
              ),
            },
            {
              term: "Clients",
              value: !clients ? (
                <Untold isEmbedded={isEmbedded} />
              ) : clients.devices === null ? (
                `${formatCount(clients.total)} connected`
              ) : (
                `${formatCount(clients.devices)} ${clients.devices === 1 ? "device" : "devices"}, ${formatCount(clients.services ?? 0)} of ours`
              ),
            },
            { term: "Messages in", value: perMinute(broker.receivedPerMinute) },
            { term: "Commands out", value: perMinute(broker.sentPerMinute) },
            {
              term: "Broker’s own count",
              value: broker.brokerReceivedPerMinute === null ? <Untold /> : perMinute(broker.brokerReceivedPerMinute),
            },
            { term: "Subscribed to", value: isEmbedded ? <StoredAtOnce /> : <Subscriptions subscriptions={broker.subscriptions} /> },
          ].filter(({ term }) => !isEmbedded || !["Version", "Broker’s own count"].includes(term))}
        />
      </CardBody>
    </Card>
  );
}

function perMinute(count: number | null) {
  return count === null ? undefined : `${formatCount(count)} a minute`;
}

function Untold({ isEmbedded = false }: { isEmbedded?: boolean }) {
  return <span className="text-ink-2">{isEmbedded ? "Its process has not said" : "Your broker does not say ($SYS)"}</span>;
}

function StoredAtOnce() {
  return <span className="text-ink-2">Nothing: it stores what devices send before it acknowledges</span>;
}

function Subscriptions({ subscriptions }: { subscriptions: readonly Subscription[] }) {
  if (subscriptions.length === 0) return <span className="text-ink-2">Nothing yet</span>;
  return (
    <ul className="flex flex-col gap-1">
      {subscriptions.map(({ filter, qos }) => (
        <li key={filter} className="flex flex-wrap items-center gap-x-2">
          <span className="font-mono tracking-tight break-all">{filter}</span>
          {qos === null ? <Badge tone="critical">Refused</Badge> : <span className="text-ink-3">QoS {qos}</span>}
        </li>
      ))}
    </ul>
  );
}
