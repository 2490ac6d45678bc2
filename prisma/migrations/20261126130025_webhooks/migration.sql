-- CreateEnum
CREATE TYPE "webhook_delivery_state" AS ENUM ('waiting', 'sending', 'delivered', 'dead');

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "events" TEXT[],
    "farm_ids" UUID[],
    "sealed_secret" BYTEA NOT NULL,
    "secret_since" TIMESTAMPTZ(3) NOT NULL,
    "sealed_former_secret" BYTEA,
    "former_secret_until" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "hold_until" TIMESTAMPTZ(3),
    "off_since" TIMESTAMPTZ(3),
    "off_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ordering_key" TEXT NOT NULL,
    "farm_ids" UUID[],
    "data" JSONB NOT NULL,

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "sequence" BIGSERIAL NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "ordering_key" TEXT NOT NULL,
    "state" "webhook_delivery_state" NOT NULL DEFAULT 'waiting',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "claim" UUID,
    "claimed_until" TIMESTAMPTZ(3),
    "attempted_at" TIMESTAMPTZ(3),
    "status" INTEGER,
    "latency_ms" INTEGER,
    "error" TEXT,
    "log" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_endpoint_name_key" ON "webhook_endpoint"("name");

-- CreateIndex
CREATE INDEX "webhook_event_at_idx" ON "webhook_event"("at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_sequence_key" ON "webhook_delivery"("sequence");

-- CreateIndex
CREATE INDEX "webhook_delivery_open_idx" ON "webhook_delivery"("endpoint_id", "ordering_key", "sequence") WHERE (state < 'delivered');

-- CreateIndex
CREATE INDEX "webhook_delivery_endpoint_id_sequence_idx" ON "webhook_delivery"("endpoint_id", "sequence");

-- CreateIndex
CREATE INDEX "webhook_delivery_endpoint_id_state_sequence_idx" ON "webhook_delivery"("endpoint_id", "state", "sequence");

-- CreateIndex
CREATE INDEX "webhook_delivery_endpoint_id_attempted_at_idx" ON "webhook_delivery"("endpoint_id", "attempted_at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_event_id_endpoint_id_key" ON "webhook_delivery"("event_id", "endpoint_id");

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "webhook_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Few rows, read by every change: its list of open deliveries must not be scanned for want of statistics.
ALTER TABLE "webhook_delivery" ALTER COLUMN "state" SET STATISTICS 0;

-- The outbox of webhooks. Triggers see every change, whichever statement makes it, in its transaction, and all rows of a
-- statement at once. Without an endpoint that is on they cost one look at an empty table. See docs/decisions/018.

-- Keeps the events that somebody wants, and one delivery for each endpoint that does, numbered in their order.
CREATE FUNCTION webhook_enqueue(events "webhook_event"[]) RETURNS void LANGUAGE sql AS $$
  WITH event AS MATERIALIZED (
    SELECT * FROM unnest(events) WITH ORDINALITY AS u(id, type, at, ordering_key, farm_ids, data, nth)
  ), wish AS MATERIALIZED (
    SELECT p.id AS endpoint_id, e.id, e.ordering_key, e.nth FROM event e JOIN webhook_endpoint p ON p.enabled AND e.type = ANY(p.events)
      AND (cardinality(p.farm_ids) = 0 OR (cardinality(e.farm_ids) > 0
        -- What is told of an import is about all its devices at once.
        AND CASE WHEN e.type LIKE 'import.%' THEN e.farm_ids <@ p.farm_ids ELSE e.farm_ids && p.farm_ids END))
  ), kept AS (
    INSERT INTO webhook_event (id, type, at, ordering_key, farm_ids, data)
    SELECT id, type, at, ordering_key, farm_ids, data FROM event e WHERE EXISTS (SELECT FROM wish w WHERE w.id = e.id)
  )
  INSERT INTO webhook_delivery (endpoint_id, event_id, ordering_key, due_at)
  SELECT endpoint_id, id, ordering_key, now() FROM wish ORDER BY nth
$$;

-- Of rows at hand, so that the planner writes them into the statement: a look at the table for each would be slow.
CREATE FUNCTION webhook_device(d "device") RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN d.id IS NOT NULL THEN jsonb_build_object('deviceId', d.device_id, 'name', d.name, 'type', d.type, 'lifecycle', d.lifecycle) END
$$;

CREATE FUNCTION webhook_farm(f "farm") RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN f.id IS NOT NULL THEN jsonb_build_object('id', f.id, 'code', f.code, 'name', f.name) END
$$;

-- Of a rollout: each of its farms with its devices by state.
CREATE FUNCTION webhook_rollout_farms(farm_keys uuid[], counts jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'code', f.code, 'name', f.name, 'devices', coalesce(counts -> f.id::text, '{}')) ORDER BY f.code), '[]')
  FROM farm f WHERE f.id = ANY(farm_keys)
$$;

CREATE FUNCTION webhook_rollout(rollout_key uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('id', r.id, 'name', r.name, 'kind', r.kind, 'deviceType', r.device_type, 'state', r.state, 'firmwareVersion', w.version)
  FROM rollout r LEFT JOIN firmware_version w ON w.id = r.firmware_id WHERE r.id = rollout_key
$$;

CREATE FUNCTION webhook_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook_endpoint WHERE enabled) THEN RETURN NULL; END IF;
  PERFORM webhook_enqueue(array_agg(ROW(gen_random_uuid(), t.type, n.at, 'device:' || n.subject_id, ARRAY[n.farm_id], jsonb_build_object(
      'farm', webhook_farm(f),
      'device', coalesce(webhook_device(d), jsonb_build_object('deviceId', n.subject_id, 'name', NULL, 'type', NULL, 'lifecycle', NULL)),
      'by', jsonb_build_object('kind', n.actor_kind, 'name', n.actor_label), 'before', n.before, 'after', n.after))::webhook_event
    ORDER BY n.chain, n.seq))
  FROM new_rows n
  JOIN (VALUES ('device.provisioned', 'device.created'), ('device.registered', 'device.created'), ('device.activated', 'device.activated'),
    ('device.edited', 'device.updated'), ('device.group_changed', 'device.updated'), ('device.tags_added', 'device.updated'),
    ('device.tags_removed', 'device.updated'), ('device.maintenance_started', 'device.maintenance_started'),
    ('device.maintenance_ended', 'device.maintenance_ended'), ('device.credentials_rotated', 'device.credentials_rotated'),
    ('device.credentials_revoked', 'device.credentials_revoked'), ('device.replaced', 'device.replaced'),
    ('device.decommissioned', 'device.decommissioned'), ('device.removed', 'device.removed')) AS t(action, type) ON t.action = n.action
  LEFT JOIN device d ON d.device_id = n.subject_id LEFT JOIN farm f ON f.id = n.farm_id
  WHERE n.subject_type = 'device' AND n.farm_id IS NOT NULL HAVING count(*) > 0;

  PERFORM webhook_enqueue(array_agg(ROW(gen_random_uuid(), n.action, n.at, 'rollout:' || n.subject_id, r.farm_ids, jsonb_build_object(
      'rollout', webhook_rollout(r.id), 'stage', NULL, 'cause', NULL,
      'farms', webhook_rollout_farms(r.farm_ids, (
        SELECT jsonb_object_agg(f.farm_id, f.counts) FROM (
          SELECT c.farm_id, jsonb_object_agg(c.state, c.count) AS counts FROM (
            SELECT d.farm_id, t.state, count(*) FROM rollout_target t JOIN device d ON d.id = t.device_key
            WHERE t.rollout_id = r.id AND NOT t.superseded GROUP BY d.farm_id, t.state) c
          GROUP BY c.farm_id) f)),
      'by', jsonb_build_object('kind', n.actor_kind, 'name', n.actor_label)))::webhook_event ORDER BY n.chain, n.seq))
  FROM new_rows n JOIN rollout r ON r.id::text = n.subject_id
  WHERE n.subject_type = 'rollout' AND n.action IN ('rollout.created', 'rollout.paused', 'rollout.resumed', 'rollout.cancelled')
  HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER webhook_of_audit AFTER INSERT ON "audit_event" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION webhook_of_audit();

CREATE FUNCTION webhook_of_alert_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook_endpoint WHERE enabled) THEN RETURN NULL; END IF;
  PERFORM webhook_enqueue(array_agg(ROW(gen_random_uuid(), t.type, n.at, coalesce('device:' || d.device_id, 'alert:' || a.id),
      CASE WHEN a.farm_id IS NULL THEN '{}'::uuid[] ELSE ARRAY[a.farm_id] END, jsonb_build_object(
        'farm', webhook_farm(f), 'device', webhook_device(d),
        'group', CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name) END,
        'alert', jsonb_build_object('id', a.id, 'type', a.type, 'severity', coalesce(n.severity, a.severity), 'state', a.state,
          'value', coalesce(n.value, a.value), 'message', a.message, 'occurrenceCount', a.occurrence_count,
          'firstOccurrence', to_char(a.first_occurrence AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
        'by', CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('kind', 'user', 'name', u.name) ELSE jsonb_build_object('kind', 'system', 'name', 'monitor') END,
        'note', n.note))::webhook_event
    -- Of one device, what ends comes before what begins.
    ORDER BY n.at, t.nth, n.id))
  FROM new_rows n
  JOIN (VALUES ('resolved', 'alert.resolved', 1), ('auto_resolved', 'alert.resolved', 1), ('raised', 'alert.raised', 2),
    ('severity_changed', 'alert.severity_changed', 3), ('acknowledged', 'alert.acknowledged', 4)) AS t(kind, type, nth) ON t.kind = n.kind::text
  JOIN device_alert a ON a.id = n.alert_id LEFT JOIN device d ON d.id = a.device_key LEFT JOIN farm f ON f.id = a.farm_id
  LEFT JOIN device_group g ON g.id = a.group_id LEFT JOIN "user" u ON u.id = n.actor_id
  HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER webhook_of_alert_event AFTER INSERT ON "alert_event" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION webhook_of_alert_event();

CREATE FUNCTION webhook_of_rollout_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook_endpoint WHERE enabled) THEN RETURN NULL; END IF;
  PERFORM webhook_enqueue(array_agg(ROW(gen_random_uuid(), 'rollout.' || n.kind, n.at, 'rollout:' || r.id, r.farm_ids, jsonb_build_object(
      'rollout', webhook_rollout(r.id), 'stage', n.position + 1, 'cause', n.cause, 'farms', webhook_rollout_farms(r.farm_ids, n.counts),
      'by', jsonb_build_object('kind', 'system', 'name', 'rollouts')))::webhook_event ORDER BY n.at, n.position))
  FROM new_rows n JOIN rollout r ON r.id = n.rollout_id HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER webhook_of_rollout_event AFTER INSERT ON "rollout_event" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION webhook_of_rollout_event();

CREATE FUNCTION webhook_of_rollout_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook_endpoint WHERE enabled) THEN RETURN NULL; END IF;
  PERFORM webhook_enqueue(array_agg(ROW(gen_random_uuid(),
      CASE WHEN n.state = 'completed' THEN 'rollout.device_updated' ELSE 'rollout.device_failed' END, n.at, 'device:' || d.device_id, ARRAY[d.farm_id],
      jsonb_build_object('farm', webhook_farm(f), 'device', webhook_device(d),
        'rollout', jsonb_build_object('id', r.id, 'name', r.name, 'kind', r.kind), 'outcome', n.state, 'previousVersion', n.previous_version,
        'targetVersion', n.target_version, 'durationSeconds', n.duration_seconds, 'detail', n.detail))::webhook_event ORDER BY n.at, n.id))
  FROM new_rows n JOIN device d ON d.id = n.device_key JOIN farm f ON f.id = d.farm_id JOIN rollout r ON r.id = n.rollout_id
  WHERE n.state IN ('completed', 'failed', 'rolled_back', 'timed_out') HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER webhook_of_rollout_log AFTER INSERT ON "rollout_log" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION webhook_of_rollout_log();

CREATE FUNCTION webhook_of_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook_endpoint WHERE enabled) THEN RETURN NULL; END IF;
  PERFORM webhook_enqueue(ARRAY[ROW(gen_random_uuid(), CASE NEW.state WHEN 'done' THEN 'import.completed' WHEN 'undone' THEN 'import.undone' ELSE 'import.failed' END,
    coalesce(NEW.undone_at, NEW.finished_at, now()), 'import:' || NEW.id, NEW.farm_ids, jsonb_build_object(
      'import', jsonb_build_object('id', NEW.id, 'fileName', NEW.file_name, 'mode', NEW.mode, 'totalRows', NEW.total_rows, 'created', NEW.created_count,
        'updated', NEW.updated_count, 'failed', NEW.failed_count, 'removed', NEW.removed_count, 'restored', NEW.restored_count, 'kept', NEW.kept_count,
        'failure', NEW.failure),
      'farms', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'code', f.code, 'name', f.name) ORDER BY f.code), '[]') FROM farm f WHERE f.id = ANY(NEW.farm_ids)),
      'by', jsonb_build_object('kind', 'user', 'name', NEW.created_by_name)))::webhook_event]);
  RETURN NULL;
END $$;
-- One row at a time is how imports move. One that was put aside before anything was written is no news.
CREATE TRIGGER webhook_of_import AFTER UPDATE OF "state" ON "import_job" FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state IN ('done', 'undone', 'failed')
    AND NOT (NEW.state = 'failed' AND OLD.state IN ('uploaded', 'ready')))
  EXECUTE FUNCTION webhook_of_import();
