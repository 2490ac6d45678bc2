import type { Metadata, Viewport } from "next";
import { ScanApp } from "@/components/scan/scan-app";
import { env } from "@/server/env";

export const metadata: Metadata = {
  title: "Scan",
  manifest: "/scan.webmanifest",
  icons: { icon: [{ url: "/icon.svg", type: "image/svg+xml" }], apple: "/icons/apple-touch-180.png" },
  appleWebApp: { capable: true, title: "Smart Dairy", statusBarStyle: "black-translucent" },
};
export const viewport: Viewport = { interactiveWidget: "resizes-content" };
export const dynamic = "force-dynamic";

/** The same for everybody: it is kept for opening without a network, and survives a sign-out. */
export default function ScanPage() {
  return <ScanApp hosts={[new URL(env().PUBLIC_URL).host]} />;
}
