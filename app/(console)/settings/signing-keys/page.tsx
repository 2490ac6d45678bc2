import type { Metadata } from "next";
import { SigningKeysScreen } from "@/components/firmware/signing-keys-screen";
import { ForbiddenState } from "@/components/patterns/forbidden-state";
import { Hydrated, serverQueries } from "../../prefetch";
import { requireViewer } from "../../viewer";

export const metadata: Metadata = { title: "Signing keys" };

export default async function SigningKeysPage() {
  const actor = await requireViewer();
  if (!actor.isAdmin) return <ForbiddenState />;
  const { queryClient, trpc } = await serverQueries();
  await queryClient.prefetchQuery(trpc.firmware.signingKeys.queryOptions());
  return (
    <Hydrated>
      <SigningKeysScreen />
    </Hydrated>
  );
}
