import { z } from "zod";

/** `typ` of the JWS in which one signing key vouches for the next. */
export const ENDORSEMENT_TYPE = "smartdairy-firmware-key+jwt";

/** The public half of a signing key (RFC 8037, RFC 7638 thumbprint as `kid`). */
export const firmwareKeySchema = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  kid: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  alg: z.literal("EdDSA"),
  use: z.literal("sig"),
});
export type FirmwareKey = z.output<typeof firmwareKeySchema>;

/**
 * Whose manifests a device takes: a JWK set (RFC 7517), the signing key first, then the one before it. `endorsements`
 * are compact JWS, oldest first, each a key signed by the key before it: the way from a key known to a key unknown.
 */
export const trustedKeysSchema = z.object({
  keys: z.array(firmwareKeySchema).min(1).max(2),
  endorsements: z.array(z.string().max(2_000)).max(100),
});
export type TrustedKeys = z.output<typeof trustedKeysSchema>;
