import type { ReactNode } from "react";
import { Providers } from "@/components/console/providers";

export default function PublicLayout({ children }: { children: ReactNode }) {
  return <Providers>{children}</Providers>;
}
