import type { Metadata } from "next";
import { NotificationsScreen } from "@/components/notifications/notifications-screen";
import { Hydrated, serverQueries } from "../prefetch";
import { requireViewer } from "../viewer";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage() {
  await requireViewer();
  const { queryClient, trpc } = await serverQueries();
  await Promise.all([
    queryClient.prefetchInfiniteQuery(trpc.notifications.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor })),
    queryClient.prefetchQuery(trpc.notifications.rules.queryOptions()),
  ]);
  return (
    <Hydrated>
      <NotificationsScreen />
    </Hydrated>
  );
}
