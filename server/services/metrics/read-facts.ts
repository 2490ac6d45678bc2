import type { Database } from "@/server/db/client";

/** One number with what it is about: `{ health: "critical", connected: "false" }`. */
export interface Fact {
  metric: string;
  labels: Record<string, string>;
  value: number;
}

/**
 * What the whole installation looks like now, in one statement: devices, alerts, notifications and commands that wait,
 * reception, and the scheduled jobs' last runs.
 */
export async function readFacts(db: Database): Promise<Fact[]> {
  return db.$queryRaw<Fact[]>`
    SELECT 'devices' AS metric, jsonb_build_object('type', d.type, 'lifecycle', d.lifecycle, 'health', s.health_status,
      'connected', s.connected::text) AS labels, count(*)::float8 AS value
    FROM device d JOIN device_state s ON s.device_key = d.id GROUP BY d.type, d.lifecycle, s.health_status, s.connected
    UNION ALL
    SELECT 'alerts_open', jsonb_build_object('type', type, 'severity', severity, 'state', state), count(*)
    FROM device_alert WHERE state <> 'resolved' GROUP BY type, severity, state
    UNION ALL
    SELECT 'notifications_due', jsonb_build_object('channel', channel), count(*) FILTER (WHERE due_at <= now())
    FROM notification WHERE state < 'sent' GROUP BY channel
    UNION ALL
    SELECT 'commands_pending', jsonb_build_object('kind', kind), count(*)
    FROM device_command WHERE state IN ('queued', 'sent', 'acknowledged') AND expires_at > now() GROUP BY kind
    UNION ALL
    SELECT 'reception_silent_seconds', '{}', extract(epoch FROM now() - alive_at) FROM reception
    UNION ALL
    SELECT j.metric, jsonb_build_object('job', r.name), j.value FROM job_run r CROSS JOIN LATERAL (VALUES
      ('job_last_start_timestamp_seconds', extract(epoch FROM r.started_at)), ('job_last_duration_seconds', r.duration_ms / 1000.0),
      ('job_runs_total', r.runs), ('job_failures_total', r.failures),
      ('job_last_failed', CASE WHEN r.error IS NULL THEN 0 ELSE 1 END)) AS j(metric, value) WHERE j.value IS NOT NULL
    UNION ALL
    SELECT 'job_last_count', jsonb_build_object('job', r.name, 'what', c.key), c.value::float8
    FROM job_run r CROSS JOIN LATERAL jsonb_each_text(r.counts) c`;
}
