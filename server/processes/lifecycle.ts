/** What a child tells its supervisor once it serves. */
export interface ReadyMessage {
  type: "ready";
}

/**
 * Ties a process to whoever started it: says when it is ready, stops on SIGTERM, on the supervisor's word and when the
 * supervisor is gone, so that nothing is ever orphaned. Ctrl-C reaches every process of a terminal at once; only the
 * supervisor acts on it, which keeps the order.
 */
export function runUntilStopped(stop: () => Promise<void>): void {
  let stopping = false;
  const stopOnce = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stopOnce);
  if (process.send) {
    process.on("SIGINT", () => undefined);
    process.on("disconnect", stopOnce);
    process.on("message", (message) => {
      if (message === "stop") stopOnce();
    });
    process.send({ type: "ready" } satisfies ReadyMessage);
  } else {
    process.on("SIGINT", stopOnce);
  }
}
