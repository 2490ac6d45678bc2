import { router } from "./init";
import { apiKeysRouter } from "./routers/api-keys";
import { alertsRouter } from "./routers/alerts";
import { auditRouter } from "./routers/audit";
import { commandsRouter } from "./routers/commands";
import { groupsRouter } from "./routers/groups";
import { rolloutsRouter } from "./routers/rollouts";
import { tagsRouter } from "./routers/tags";
import { maintenanceRouter } from "./routers/maintenance";
import { diagnosticsRouter } from "./routers/diagnostics";
import { viewsRouter } from "./routers/views";
import { bulkRouter } from "./routers/bulk";
import { devicesRouter } from "./routers/devices";
import { healthRouter } from "./routers/health";
import { importsRouter } from "./routers/imports";
import { firmwareRouter } from "./routers/firmware";
import { farmsRouter } from "./routers/farms";
import { overviewRouter } from "./routers/overview";
import { labelsRouter } from "./routers/labels";
import { liveRouter } from "./routers/live";
import { peopleRouter } from "./routers/people";
import { notificationsRouter } from "./routers/notifications";
import { provisioningRouter } from "./routers/provisioning";
import { scanRouter } from "./routers/scan";
import { systemRouter } from "./routers/system";
import { webhooksRouter } from "./routers/webhooks";

export const appRouter = router({
  devices: devicesRouter,
  provisioning: provisioningRouter,
  commands: commandsRouter,
  farms: farmsRouter,
  people: peopleRouter,
  audit: auditRouter,
  live: liveRouter,
  groups: groupsRouter,
  tags: tagsRouter,
  maintenance: maintenanceRouter,
  diagnostics: diagnosticsRouter,
  views: viewsRouter,
  bulk: bulkRouter,
  alerts: alertsRouter,
  health: healthRouter,
  notifications: notificationsRouter,
  rollouts: rolloutsRouter,
  firmware: firmwareRouter,
  overview: overviewRouter,
  labels: labelsRouter,
  scan: scanRouter,
  imports: importsRouter,
  apiKeys: apiKeysRouter,
  webhooks: webhooksRouter,
  system: systemRouter,
});

export type AppRouter = typeof appRouter;
