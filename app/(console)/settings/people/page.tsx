import type { Metadata } from "next";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { PeopleScreen } from "@/components/people/people-screen";
import { Hydrated, serverQueries } from "../../prefetch";
import { requireViewer } from "../../viewer";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const actor = await requireViewer();
  if (!actor.isAdmin) return <ForbiddenState />;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.people.list.queryOptions());
  return (
    <Hydrated>
      <PeopleScreen />
    </Hydrated>
  );
}
