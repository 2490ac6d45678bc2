/** Signs links; made of SESSION_SECRET by server/services/firmware/download-secret.ts. */
export interface LinkSecret {
  sign(text: string): string;
  /** In a time that does not depend on where the signature is wrong. */
  matches(text: string, signature: string): boolean;
}

interface DownloadLink {
  /** Address of the server as devices reach it. */
  publicUrl: string;
  /** Of the firmware file, hexadecimal. */
  sha256: string;
  /** The one device that may fetch it. */
  deviceId: string;
  expiresAt: Date;
}

/** In front of the SHA-256. */
export const DOWNLOAD_PATH = "/api/v1/iot/firmware/download/";

/** The address under which one device may fetch one firmware file until it expires (DESIGN 7). */
export function downloadUrl({ publicUrl, sha256, deviceId, expiresAt }: DownloadLink, secret: LinkSecret): string {
  const expires = String(Math.floor(expiresAt.getTime() / 1000));
  const url = new URL(DOWNLOAD_PATH + sha256, publicUrl);
  url.search = new URLSearchParams({
    device: deviceId,
    expires,
    signature: secret.sign(signedText({ sha256, deviceId, expires })),
  }).toString();
  return url.toString();
}

/** A link as it was presented; nothing in it is to be believed yet. */
export interface PresentedLink {
  sha256: string;
  deviceId: string;
  /** Unix seconds. */
  expires: string;
  signature: string;
}

/** Whether a link was made by {@link downloadUrl} and still holds. One that was changed is `forged`, however old. */
export function checkDownloadUrl(link: PresentedLink, now: Date, secret: LinkSecret): "valid" | "expired" | "forged" {
  if (!secret.matches(signedText(link), link.signature)) return "forged";
  return now.getTime() < Number(link.expires) * 1000 ? "valid" : "expired";
}

function signedText({ sha256, deviceId, expires }: Omit<PresentedLink, "signature">): string {
  return `${sha256}|${deviceId}|${expires}`;
}
