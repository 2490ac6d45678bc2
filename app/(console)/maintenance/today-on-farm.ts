import "server-only";
import { todayIn } from "@/server/domain/maintenance/calendar-day";
import { serverQueries } from "../prefetch";

/** The day on the chosen farm, else on the first one: which day a calendar opens with. */
export async function todayOnFarm(farmId: string | null): Promise<string> {
  const { queryClient, trpc } = await serverQueries();
  const farms = await queryClient.fetchQuery(trpc.farms.list.queryOptions());
  const farm = farms.find(({ id }) => id === farmId) ?? farms[0];
  return todayIn(farm?.timeZone ?? "UTC", new Date());
}
