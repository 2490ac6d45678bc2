import type { Metadata } from "next";
import { ReplaceScreen } from "@/components/provisioning/replace-screen";
import { Hydrated, serverQueries } from "../../../prefetch";

interface Props {
  params: Promise<{ deviceId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Replace ${(await params).deviceId.slice(0, 20)}` };
}

export default async function ReplacePage({ params }: Props) {
  const { deviceId } = await params;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.devices.get.queryOptions({ deviceId }));
  return (
    <Hydrated>
      <ReplaceScreen deviceId={deviceId} />
    </Hydrated>
  );
}
