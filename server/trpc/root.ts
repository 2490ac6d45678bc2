import { router } from "./init";
import { auditRouter } from "./routers/audit";
import { commandsRouter } from "./routers/commands";
import { devicesRouter } from "./routers/devices";
import { farmsRouter } from "./routers/farms";
import { liveRouter } from "./routers/live";
import { peopleRouter } from "./routers/people";
import { provisioningRouter } from "./routers/provisioning";

export const appRouter = router({
  devices: devicesRouter,
  provisioning: provisioningRouter,
  commands: commandsRouter,
  farms: farmsRouter,
  people: peopleRouter,
  audit: auditRouter,
  live: liveRouter,
});

export type AppRouter = typeof appRouter;
