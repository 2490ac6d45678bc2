import { createTRPCClient, httpBatchLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";

const trpc = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({
      url: `${process.env.SMART_DAIRY_URL}/api/trpc`,
      transformer: superjson,
      headers: { authorization: `Bearer ${process.env.SMART_DAIRY_KEY}` },
      maxItems: 20,
    }),
  ],
});

const farms = await trpc.farms.list.query();
const { devices } = await trpc.devices.list.query({ types: ["milk_meter"], pageSize: 10 });
for (const { deviceId, lastSeenAt } of devices) console.log(deviceId, lastSeenAt?.toISOString() ?? "never seen");
console.log(`${farms.length} farms`);
