import { downloadUrl } from "@/server/domain/firmware/download-url";
import { env } from "@/server/env";
import { downloadSecret } from "@/server/services/firmware/download-secret";
import { signManifests } from "@/server/services/firmware/sign-manifest";
import type { Delivery } from "./tick/claim-targets";

/** How devices really get their firmware: a manifest signed with the active key, and a link that is theirs alone. */
export function signedDelivery(): Delivery {
  const secret = downloadSecret();
  const { PUBLIC_URL } = env();
  return {
    sign: signManifests,
    urlFor: (download) => downloadUrl({ publicUrl: PUBLIC_URL, ...download }, secret),
  };
}
