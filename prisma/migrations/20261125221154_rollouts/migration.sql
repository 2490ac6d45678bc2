-- CreateEnum
CREATE TYPE "rollout_state" AS ENUM ('draft', 'scheduled', 'in_progress', 'paused', 'completed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "rollout_kind" AS ENUM ('update', 'rollback');

-- CreateEnum
CREATE TYPE "failure_policy" AS ENUM ('pause', 'rollback_stage', 'rollback_all');

-- CreateEnum
CREATE TYPE "rollout_stage_state" AS ENUM ('waiting', 'open', 'soaking', 'awaiting_approval', 'done');

-- CreateEnum
CREATE TYPE "rollout_target_state" AS ENUM ('pending', 'held', 'sent', 'downloading', 'downloaded', 'installing', 'verifying', 'completed', 'failed', 'rolled_back', 'timed_out', 'skipped', 'cancelled');

-- CreateTable
CREATE TABLE "rollout" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "rollout_kind" NOT NULL DEFAULT 'update',
    "firmware_id" UUID,
    "device_type" "device_type" NOT NULL,
    "farm_ids" UUID[],
    "state" "rollout_state" NOT NULL DEFAULT 'draft',
    "request_key" TEXT NOT NULL,
    "undoes_id" UUID,
    "failure_policy" "failure_policy" NOT NULL,
    "force_update" BOOLEAN NOT NULL DEFAULT false,
    "force_reason" TEXT,
    "notify_on_complete" BOOLEAN NOT NULL DEFAULT true,
    "rate_per_minute" INTEGER,
    "max_in_flight" INTEGER NOT NULL,
    "max_in_flight_group" INTEGER,
    "min_battery_level" REAL NOT NULL,
    "min_signal" INTEGER,
    "respect_milking" BOOLEAN NOT NULL,
    "milking_margin" INTEGER NOT NULL,
    "patience" REAL NOT NULL DEFAULT 1,
    "current_stage" INTEGER NOT NULL DEFAULT 0,
    "scheduled_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "stop" JSONB,
    "baseline_completed" INTEGER NOT NULL DEFAULT 0,
    "baseline_failed" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rollout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollout_stage" (
    "rollout_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "state" "rollout_stage_state" NOT NULL DEFAULT 'waiting',
    "success_threshold" REAL NOT NULL,
    "failure_threshold" REAL NOT NULL,
    "minimum_sample" INTEGER NOT NULL,
    "soak_minutes" INTEGER NOT NULL,
    "needs_approval" BOOLEAN NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "soak_until" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "approved_by_id" UUID,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "rollout_stage_pkey" PRIMARY KEY ("rollout_id","position")
);

-- CreateTable
CREATE TABLE "rollout_target" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "rollout_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "device_key" UUID NOT NULL,
    "firmware_id" UUID NOT NULL,
    "attempt" SMALLINT NOT NULL DEFAULT 1,
    "superseded" BOOLEAN NOT NULL DEFAULT false,
    "cohort" BIGINT NOT NULL,
    "state" "rollout_target_state" NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "from_version" TEXT,
    "from_boot_id" TEXT,
    "command_id" UUID,
    "progress" REAL,
    "failure_code" TEXT,
    "error" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "state_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "rollout_target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollout_log" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "rollout_id" UUID NOT NULL,
    "target_id" UUID NOT NULL,
    "device_key" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" "rollout_target_state" NOT NULL,
    "previous_version" TEXT,
    "target_version" TEXT NOT NULL,
    "duration_seconds" INTEGER,
    "detail" TEXT,

    CONSTRAINT "rollout_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "rollout_request_key_key" ON "rollout"("request_key");

-- CreateIndex
CREATE INDEX "rollout_firmware_id_idx" ON "rollout"("firmware_id");

-- CreateIndex
CREATE INDEX "rollout_undoes_id_idx" ON "rollout"("undoes_id");

-- CreateIndex
CREATE INDEX "rollout_state_scheduled_at_idx" ON "rollout"("state", "scheduled_at");

-- CreateIndex
CREATE UNIQUE INDEX "rollout_target_command_id_key" ON "rollout_target"("command_id");

-- CreateIndex
CREATE INDEX "rollout_target_rollout_id_position_state_cohort_idx" ON "rollout_target"("rollout_id", "position", "state", "cohort");

-- CreateIndex
CREATE INDEX "rollout_target_deadline_idx" ON "rollout_target"("deadline_at") WHERE (deadline_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "rollout_target_firmware_id_idx" ON "rollout_target"("firmware_id");

-- CreateIndex
CREATE UNIQUE INDEX "rollout_target_rollout_id_device_key_attempt_key" ON "rollout_target"("rollout_id", "device_key", "attempt");

-- CreateIndex
CREATE UNIQUE INDEX "rollout_target_active_key" ON "rollout_target"("device_key") WHERE (state >= 'sent' AND state <= 'verifying');

-- CreateIndex
CREATE INDEX "rollout_log_target_id_at_idx" ON "rollout_log"("target_id", "at");

-- CreateIndex
CREATE INDEX "rollout_log_device_key_at_idx" ON "rollout_log"("device_key", "at");

-- CreateIndex
CREATE INDEX "rollout_log_rollout_id_at_idx" ON "rollout_log"("rollout_id", "at");

-- AddForeignKey
ALTER TABLE "rollout" ADD CONSTRAINT "rollout_firmware_id_fkey" FOREIGN KEY ("firmware_id") REFERENCES "firmware_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout" ADD CONSTRAINT "rollout_undoes_id_fkey" FOREIGN KEY ("undoes_id") REFERENCES "rollout"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_stage" ADD CONSTRAINT "rollout_stage_rollout_id_fkey" FOREIGN KEY ("rollout_id") REFERENCES "rollout"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_target" ADD CONSTRAINT "rollout_target_rollout_id_fkey" FOREIGN KEY ("rollout_id") REFERENCES "rollout"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_target" ADD CONSTRAINT "rollout_target_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_target" ADD CONSTRAINT "rollout_target_firmware_id_fkey" FOREIGN KEY ("firmware_id") REFERENCES "firmware_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_target" ADD CONSTRAINT "rollout_target_command_id_fkey" FOREIGN KEY ("command_id") REFERENCES "device_command"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_log" ADD CONSTRAINT "rollout_log_rollout_id_fkey" FOREIGN KEY ("rollout_id") REFERENCES "rollout"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_log" ADD CONSTRAINT "rollout_log_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "rollout_target"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_log" ADD CONSTRAINT "rollout_log_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;
