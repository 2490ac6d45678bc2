import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { LinkSecret } from "@/server/domain/firmware/download-url";
import { env } from "@/server/env";

/**
 * What download links are signed with: HMAC-SHA256 with a key of its own, derived from SESSION_SECRET. Another
 * SESSION_SECRET makes open links worthless.
 */
export function downloadSecret(): LinkSecret {
  const key = new Uint8Array(hkdfSync("sha256", env().SESSION_SECRET, "", "smart-dairy firmware download", 32));
  const sign = (text: string) => createHmac("sha256", key).update(text).digest("base64url");
  return {
    sign,
    matches(text, signature) {
      const [expected, given] = [Buffer.from(sign(text)), Buffer.from(signature)];
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}
