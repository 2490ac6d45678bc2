"use client";

import { ErrorState } from "@/components/patterns/error-state";

/** A page that could not be rendered; `digest` is the id under which the server logged why. */
export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorState level={1} onRetry={reset} referenceId={error.digest} />;
}
