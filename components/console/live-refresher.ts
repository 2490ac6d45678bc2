import type { Query, QueryClient } from "@tanstack/react-query";
import type { LiveChange } from "@/server/services/feed/live-feed";
import { refreshList, showsAny } from "./refresh-list";
import type { useTRPC } from "./trpc";

/** Aggregates and lists are read again at most this often, however much happens. */
const AGGREGATE_MS = 2_000;

/** Reads again what a change touches, and nothing else. */
export class LiveRefresher {
  readonly #queries: QueryClient;
  readonly #trpc: ReturnType<typeof useTRPC>;
  /** Devices changed since the last refresh of lists; `null` = too many to name. */
  #changed: Set<string> | null = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rolloutsTimer: ReturnType<typeof setTimeout> | undefined;
  #importsTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(queries: QueryClient, trpc: ReturnType<typeof useTRPC>) {
    this.#queries = queries;
    this.#trpc = trpc;
  }

  apply({ topic, ids }: LiveChange): void {
    const trpc = this.#trpc;
    if (topic === "everything") void this.#queries.invalidateQueries();
    else if (topic === "farms") void this.#queries.invalidateQueries({ queryKey: trpc.farms.pathKey() });
    else if (topic === "people") void this.#queries.invalidateQueries({ queryKey: trpc.people.pathKey() });
    else if (topic === "api_keys") void this.#queries.invalidateQueries({ queryKey: trpc.apiKeys.pathKey() });
    else if (topic === "groups") this.#applyLabels(trpc.groups.pathKey());
    else if (topic === "tags") this.#applyLabels(trpc.tags.pathKey());
    else if (topic === "maintenance") void this.#queries.invalidateQueries({ queryKey: trpc.maintenance.pathKey() });
    else if (topic === "tokens") void this.#queries.invalidateQueries({ queryKey: trpc.provisioning.listTokens.pathKey() });
    else if (topic === "rollouts") this.#rolloutsTimer ??= setTimeout(() => this.#refreshRollouts(), AGGREGATE_MS);
    else if (topic === "notifications") void this.#queries.invalidateQueries({ queryKey: trpc.notifications.pathKey() });
    else if (topic === "firmware") void this.#queries.invalidateQueries({ queryKey: trpc.firmware.pathKey() });
    else if (topic === "labels") this.#applyLabelPrints();
    else if (topic === "imports") this.#importsTimer ??= setTimeout(() => this.#refreshImports(), AGGREGATE_MS / 2);
    else if (topic === "webhooks") void this.#queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
    else if (topic === "alerts") this.#applyAlerts();
    else this.#applyDevices(ids && new Set(ids));
  }

  #applyAlerts(): void {
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.alerts.pathKey() });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.overview.attention.pathKey() });
  }

  #applyLabelPrints(): void {
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.labels.pathKey() });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.devices.idBlocks.pathKey() });
  }

  /** Groups and tags stand on devices too; pages of devices that are not shown cost nothing. */
  #applyLabels(queryKey: ReturnType<ReturnType<typeof useTRPC>["groups"]["pathKey"]>): void {
    void this.#queries.invalidateQueries({ queryKey });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.devices.get.pathKey() });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.devices.list.pathKey() });
  }

  /** A page of one device is brought up to date at once; lists and counts wait for the next beat. */
  #applyDevices(ids: Set<string> | null): void {
    const names = (query: Query) => !ids || ids.has(inputOf(query)?.deviceId ?? "");
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.devices.get.pathKey(), predicate: names });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.commands.list.pathKey(), predicate: names });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.diagnostics.list.pathKey(), predicate: names });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.firmware.upgradePath.pathKey(), predicate: names });
    this.#changed = ids && this.#changed ? new Set([...this.#changed, ...ids]) : null;
    this.#timer ??= setTimeout(() => this.#refreshAggregates(), AGGREGATE_MS);
  }

  /** How far they are; their rows only change where somebody works on them. */
  #refreshImports(): void {
    this.#importsTimer = undefined;
    for (const procedure of [this.#trpc.imports.get, this.#trpc.imports.list])
      void this.#queries.invalidateQueries({ queryKey: procedure.pathKey() });
  }

  /** All but the preflight: what somebody is looking at before a start must not change under their eyes. */
  #refreshRollouts(): void {
    this.#rolloutsTimer = undefined;
    const { list, get, course, deeds, targets, ofDevice } = this.#trpc.rollouts;
    for (const procedure of [list, get, course, deeds, targets, ofDevice])
      void this.#queries.invalidateQueries({ queryKey: procedure.pathKey() });
  }

  #refreshAggregates(): void {
    const changed = this.#changed;
    this.#timer = undefined;
    this.#changed = new Set();
    // A list that shows none of the changed devices is still read now and then: one of them may belong into it now.
    const isAffected = (query: Query) =>
      !changed || showsAny(query.state.data, changed) || query.state.dataUpdatedAt < Date.now() - AGGREGATE_MS * 2;
    for (const query of this.#queries.getQueryCache().findAll({ queryKey: this.#trpc.devices.list.pathKey(), predicate: isAffected })) {
      void refreshList(this.#queries, this.#trpc, query, changed);
    }
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.devices.count.pathKey() });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.devices.overview.pathKey() });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.overview.places.pathKey() });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.overview.attention.pathKey() });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.groups.pathKey() });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.tags.pathKey() });
    void this.#queries.invalidateQueries({ queryKey: this.#trpc.audit.activity.pathKey() });
  }
}

/** tRPC's query keys are [path, { input, type }]. */
function inputOf(query: Query): { deviceId?: string } | undefined {
  return (query.queryKey[1] as { input?: { deviceId?: string } } | undefined)?.input;
}
