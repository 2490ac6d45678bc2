-- CreateEnum
CREATE TYPE "alert_type" AS ENUM ('offline', 'low_battery', 'poor_signal', 'high_errors', 'elevated_errors', 'calibration_overdue', 'firmware_failed', 'custom', 'group_offline', 'reception_lost');

-- CreateEnum
CREATE TYPE "alert_condition" AS ENUM ('offline', 'battery', 'signal', 'errors', 'calibration', 'firmware', 'custom', 'group_offline', 'reception');

-- CreateEnum
CREATE TYPE "alert_severity" AS ENUM ('low', 'warning', 'critical');

-- CreateEnum
CREATE TYPE "alert_state" AS ENUM ('active', 'acknowledged', 'resolved');

-- CreateEnum
CREATE TYPE "alert_event_kind" AS ENUM ('raised', 'severity_changed', 'calmed', 'returned', 'acknowledged', 'snoozed', 'woken', 'resolved', 'auto_resolved', 'note');

-- AlterTable
ALTER TABLE "device" ADD COLUMN     "elevated_errors" INTEGER NOT NULL DEFAULT 5,
ADD COLUMN     "high_errors" INTEGER NOT NULL DEFAULT 10,
ADD COLUMN     "offline_window_seconds" INTEGER NOT NULL DEFAULT 600,
ADD COLUMN     "weak_signal_threshold" INTEGER NOT NULL DEFAULT -90;

-- CreateTable
CREATE TABLE "device_alert" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "device_key" UUID,
    "group_id" UUID,
    "farm_id" UUID,
    "condition" "alert_condition" NOT NULL,
    "type" "alert_type" NOT NULL,
    "severity" "alert_severity" NOT NULL,
    "state" "alert_state" NOT NULL DEFAULT 'active',
    "value" DOUBLE PRECISION,
    "message" TEXT,
    "occurrence_count" INTEGER NOT NULL DEFAULT 1,
    "first_occurrence" TIMESTAMPTZ(3) NOT NULL,
    "last_occurrence" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_by_id" UUID,
    "acknowledged_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "resolution_notes" TEXT,
    "snoozed_until" TIMESTAMPTZ(3),
    "snoozed_by_id" UUID,
    "snooze_reason" TEXT,
    "flaps" INTEGER NOT NULL DEFAULT 0,
    "cleared_at" TIMESTAMPTZ(3),
    "former_id" UUID,
    "parent_id" UUID,

    CONSTRAINT "device_alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "alert_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" "alert_event_kind" NOT NULL,
    "severity" "alert_severity",
    "value" DOUBLE PRECISION,
    "actor_id" UUID,
    "note" TEXT,

    CONSTRAINT "alert_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "health_rule" (
    "id" UUID NOT NULL,
    "device_type" "device_type",
    "group_id" UUID,
    "device_key" UUID,
    "offline_window_seconds" INTEGER,
    "low_battery_threshold" REAL,
    "weak_signal_threshold" INTEGER,
    "elevated_errors" INTEGER,
    "high_errors" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "health_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_run" (
    "name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "runs" BIGINT NOT NULL DEFAULT 0,
    "failures" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "reception" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "alive_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reception_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "device_alert_device_key_condition_first_occurrence_idx" ON "device_alert"("device_key", "condition", "first_occurrence");

-- CreateIndex
CREATE INDEX "device_alert_farm_id_first_occurrence_idx" ON "device_alert"("farm_id", "first_occurrence");

-- CreateIndex
CREATE INDEX "device_alert_open_idx" ON "device_alert"("farm_id") WHERE (state <> 'resolved');

-- CreateIndex
CREATE INDEX "device_alert_parent_id_idx" ON "device_alert"("parent_id");

-- CreateIndex
CREATE INDEX "device_alert_former_id_idx" ON "device_alert"("former_id");

-- CreateIndex
CREATE UNIQUE INDEX "device_alert_open_key" ON "device_alert"("device_key", "condition") WHERE (state <> 'resolved' AND device_key IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "device_alert_open_group_key" ON "device_alert"("group_id", "farm_id") WHERE (state <> 'resolved' AND group_id IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "device_alert_open_system_key" ON "device_alert"("condition") WHERE (state <> 'resolved' AND device_key IS NULL AND group_id IS NULL);

-- CreateIndex
CREATE INDEX "alert_event_alert_id_at_idx" ON "alert_event"("alert_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "health_rule_device_type_key" ON "health_rule"("device_type");

-- CreateIndex
CREATE UNIQUE INDEX "health_rule_group_id_key" ON "health_rule"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "health_rule_device_key_key" ON "health_rule"("device_key");

-- AddForeignKey
ALTER TABLE "device_alert" ADD CONSTRAINT "device_alert_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_alert" ADD CONSTRAINT "device_alert_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "device_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_alert" ADD CONSTRAINT "device_alert_farm_id_fkey" FOREIGN KEY ("farm_id") REFERENCES "farm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_alert" ADD CONSTRAINT "device_alert_former_id_fkey" FOREIGN KEY ("former_id") REFERENCES "device_alert"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_alert" ADD CONSTRAINT "device_alert_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "device_alert"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_event" ADD CONSTRAINT "alert_event_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "device_alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "health_rule" ADD CONSTRAINT "health_rule_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "device_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "health_rule" ADD CONSTRAINT "health_rule_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was set for single devices becomes their own rule.
INSERT INTO "health_rule" ("id", "device_key", "low_battery_threshold", "updated_at")
SELECT gen_random_uuid(), "id", "low_battery_threshold", now() FROM "device" WHERE "low_battery_threshold" <> 20;
