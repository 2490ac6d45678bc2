import type { Metadata } from "next";
import { ImportScreen } from "@/components/imports/import-screen";
import { Hydrated, serverQueries } from "../../../prefetch";

export const metadata: Metadata = { title: "Import" };

export default async function ImportPage({ params }: { params: Promise<{ importId: string }> }) {
  const { importId } = await params;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.imports.get.queryOptions({ id: importId }));
  return (
    <Hydrated>
      <ImportScreen importId={importId} />
    </Hydrated>
  );
}
