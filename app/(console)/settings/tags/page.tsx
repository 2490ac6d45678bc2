import type { Metadata } from "next";
import { TagsScreen } from "@/components/tags/tags-screen";
import { Hydrated, serverQueries } from "../../prefetch";

export const metadata: Metadata = { title: "Tags" };

export default async function TagsPage() {
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.tags.list.queryOptions());
  return (
    <Hydrated>
      <TagsScreen />
    </Hydrated>
  );
}
