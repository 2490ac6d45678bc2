import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { DeviceAlerts } from "@/components/alerts/device-alerts";
import { ActivityList } from "@/components/audit/activity-list";
import { useTRPC } from "@/components/console/trpc";
import { WhenSeen } from "@/components/patterns/when-seen";
import { CredentialsCard } from "@/components/provisioning/credentials-card";
import { TopicList } from "@/components/provisioning/topic-list";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Tab, TabPanel, Tabs, TabsList } from "@/components/ui/tabs";
import type { DevicePageView } from "@/server/services/devices/get-device";
import { DeviceIdentity } from "./device-identity";
import { DevicePhotos } from "./device-photos";
import { DEVICE_TAB_STATE, type DeviceTab } from "./device-tab-names";

const DeviceQr = dynamic(() => import("@/components/provisioning/device-qr").then((module) => module.DeviceQr), { ssr: false });
const HealthHistory = dynamic(() => import("@/components/health/health-history").then((module) => module.HealthHistory));
const BatteryNote = dynamic(() => import("@/components/overview/battery-note").then((module) => module.BatteryNote));
const HealthRulesCard = dynamic(() => import("@/components/health/health-rules-card").then((module) => module.HealthRulesCard));
const CommandsPanel = dynamic(() => import("@/components/commands/commands-panel").then((module) => module.CommandsPanel));
const DiagnosticsPanel = dynamic(() => import("@/components/diagnostics/diagnostics-panel").then((module) => module.DiagnosticsPanel));
const DeviceUpdatesPanel = dynamic(() => import("@/components/rollouts/device-updates-panel").then((module) => module.DeviceUpdatesPanel));
const MaintenancePanel = dynamic(() => import("@/components/maintenance/maintenance-panel").then((module) => module.MaintenancePanel));

const LABELS: Record<DeviceTab, string> = {
  overview: "Overview",
  health: "Health",
  commands: "Commands",
  diagnostics: "Diagnostics",
  maintenance: "Maintenance",
  updates: "Updates",
  activity: "Activity",
};

/** The parts of a device's page; each loads when it is opened. */
export function DeviceTabs({ device }: { device: DevicePageView }) {
  const [{ tab }, setState] = useQueryStates(DEVICE_TAB_STATE, { history: "push" });
  const { deviceId } = device;
  return (
    <Tabs value={tab} onValueChange={(next: DeviceTab) => void setState({ tab: next })}>
      <TabsList>
        {Object.entries(LABELS).map(([value, label]) => (
          <Tab key={value} value={value}>
            {label}
          </Tab>
        ))}
      </TabsList>
      <TabPanel value="overview">
        <Overview device={device} />
      </TabPanel>
      <TabPanel value="health" className="flex flex-col gap-4">
        <BatteryNote deviceId={deviceId} />
        <HealthHistory deviceId={deviceId} />
        <HealthRulesCard scope={{ level: "device", deviceId }} />
      </TabPanel>
      <TabPanel value="commands">
        <CommandsPanel deviceId={deviceId} />
      </TabPanel>
      <TabPanel value="diagnostics">
        <DiagnosticsPanel deviceId={deviceId} />
      </TabPanel>
      <TabPanel value="maintenance">
        <MaintenancePanel deviceId={deviceId} />
      </TabPanel>
      <TabPanel value="updates">
        <DeviceUpdatesPanel deviceId={deviceId} />
      </TabPanel>
      <TabPanel value="activity">
        <Activity deviceId={deviceId} limit={100} />
      </TabPanel>
    </Tabs>
  );
}

function Overview({ device }: { device: DevicePageView }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
      <div className="flex min-w-0 flex-col gap-4">
        <DeviceAlerts deviceId={device.deviceId} mayRaise={device.allowed.alerts} />
        <DeviceIdentity device={device} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <CredentialsCard device={device} />
        <Activity deviceId={device.deviceId} limit={6} />
        <Card>
          <CardHeader title="Topics" description="Where the device publishes and listens." divided />
          <CardBody className="pt-3">
            <TopicList topics={device.topics} />
          </CardBody>
        </Card>
        <DevicePhotos photos={device.photos} />
        <Card>
          <CardHeader title="Label" divided />
          <CardBody className="pt-4">
            <WhenSeen className="min-h-50">
              <DeviceQr deviceId={device.deviceId} type={device.type} serialNumber={device.serialNumber} />
            </WhenSeen>
          </CardBody>
        </Card>
      </div>
    </div>
  );
}

function Activity({ deviceId, limit }: { deviceId: string; limit: number }) {
  const trpc = useTRPC();
  const activity = useQuery(trpc.audit.activity.queryOptions({ deviceId, limit }));
  return (
    <Card>
      <CardHeader title="Activity" divided />
      <ActivityList activity={activity.data ?? []} hideSubject />
    </Card>
  );
}
