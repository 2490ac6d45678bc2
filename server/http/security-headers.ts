import { randomBytes } from "node:crypto";

export interface HeaderPolicy {
  /** The address people open. */
  publicUrl: string;
  /** Development servers evaluate code and talk over WebSockets. */
  isDevelopment: boolean;
}

const YEAR_SECONDS = 31_536_000;

/** 128 bits, new for every answer. */
export function newNonce(): string {
  return randomBytes(16).toString("base64");
}

/**
 * What a page may load and run: scripts of our own files, or with this answer's nonce. WebAssembly is the scanner's; a
 * worker may come from a blob. Styles may be inline: charts and popups place themselves by them.
 */
export function contentSecurityPolicy(nonce: string, { publicUrl, isDevelopment }: HeaderPolicy): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "script-src-attr 'none'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isPublicHttps(publicUrl) ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/**
 * Headers of every answer but firmware. NFC needs no policy: browsers allow it to top-level pages only, and nobody may
 * frame ours.
 */
export function securityHeaders(nonce: string, policy: HeaderPolicy): Record<string, string> {
  return {
    "content-security-policy": contentSecurityPolicy(nonce, policy),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    ...(isPublicHttps(policy.publicUrl) ? { "strict-transport-security": `max-age=${YEAR_SECONDS}` } : {}),
  };
}

/** Under TLS and a name of its own: localhost is shared by every program of a machine, and so would HSTS be. */
function isPublicHttps(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === "https:" && !isLoopback(hostname);
}

/** Names of this machine itself. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
