import { Compass } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/patterns/empty-state";
import { buttonVariants } from "@/components/ui/button-variants";

export default function NotFound() {
  return (
    <main id="main" className="grid min-h-dvh place-items-center">
      <EmptyState
        level={1}
        icon={<Compass />}
        title="This page does not exist"
        description="The link may be old, or mistyped."
        action={
          <Link href="/overview" className={buttonVariants({ variant: "primary" })}>
            To the overview
          </Link>
        }
      />
    </main>
  );
}
