-- CreateEnum
CREATE TYPE "diagnostic_state" AS ENUM ('running', 'completed', 'no_answer');

-- CreateEnum
CREATE TYPE "check_result" AS ENUM ('passed', 'warning', 'failed');

-- CreateEnum
CREATE TYPE "bulk_kind" AS ENUM ('set_group', 'add_tags', 'remove_tags', 'start_maintenance', 'end_maintenance', 'restart', 'diagnostic', 'rotate_credentials', 'decommission');

-- CreateEnum
CREATE TYPE "bulk_item_state" AS ENUM ('pending', 'done', 'skipped', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "maintenance_type" AS ENUM ('inspection', 'cleaning', 'calibration', 'battery_change', 'repair', 'part_replacement', 'firmware', 'other');

-- CreateEnum
CREATE TYPE "maintenance_status" AS ENUM ('planned', 'done', 'cancelled');

-- DropIndex
DROP INDEX "provisioning_token_farm_id_idx";

-- AlterTable
ALTER TABLE "device" ADD COLUMN     "calibration_certificate" TEXT,
ADD COLUMN     "calibration_deviation" TEXT,
ADD COLUMN     "replaced_by_id" UUID;

-- AlterTable
ALTER TABLE "device_command" ADD COLUMN     "forced" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "provisioning_token" ADD COLUMN     "batch_id" UUID,
ADD COLUMN     "note" TEXT,
ADD COLUMN     "used_by" TEXT,
ADD COLUMN     "words_hash" BYTEA;

-- CreateTable
CREATE TABLE "diagnostic" (
    "id" UUID NOT NULL,
    "device_key" UUID NOT NULL,
    "command_id" UUID,
    "state" "diagnostic_state" NOT NULL DEFAULT 'running',
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by_id" UUID,
    "finished_at" TIMESTAMPTZ(3),
    "result" "check_result",
    "checks" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "diagnostic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_action" (
    "id" UUID NOT NULL,
    "kind" "bulk_kind" NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "requested_by_id" UUID,
    "request_key" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_action_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_item" (
    "bulk_id" UUID NOT NULL,
    "device_key" UUID NOT NULL,
    "state" "bulk_item_state" NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "command_id" UUID,

    CONSTRAINT "bulk_item_pkey" PRIMARY KEY ("bulk_id","device_key")
);

-- CreateTable
CREATE TABLE "health_sample" (
    "device_key" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "messages" INTEGER NOT NULL DEFAULT 0,
    "battery_min" REAL,
    "battery_max" REAL,
    "battery_last" REAL,
    "signal_min" INTEGER,
    "signal_max" INTEGER,
    "signal_sum" BIGINT NOT NULL DEFAULT 0,
    "signal_count" INTEGER NOT NULL DEFAULT 0,
    "error_max" INTEGER,
    "uptime_seconds" BIGINT,
    "restarts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "health_sample_pkey" PRIMARY KEY ("device_key","hour")
);

-- CreateTable
CREATE TABLE "maintenance_record" (
    "id" UUID NOT NULL,
    "device_key" UUID NOT NULL,
    "type" "maintenance_type" NOT NULL,
    "status" "maintenance_status" NOT NULL DEFAULT 'planned',
    "title" TEXT NOT NULL,
    "planned_for" DATE,
    "done_on" DATE,
    "technician" TEXT,
    "parts" TEXT,
    "cost" DECIMAL(10,2),
    "currency" TEXT,
    "notes" TEXT,
    "certificate" TEXT,
    "deviation" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "maintenance_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "maintenance_attachment" (
    "id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "maintenance_attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calibration_interval" (
    "id" UUID NOT NULL,
    "device_type" "device_type" NOT NULL,
    "model" TEXT NOT NULL DEFAULT '',
    "days" INTEGER NOT NULL,

    CONSTRAINT "calibration_interval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "diagnostic_command_id_key" ON "diagnostic"("command_id");

-- CreateIndex
CREATE INDEX "diagnostic_device_key_requested_at_idx" ON "diagnostic"("device_key", "requested_at");

-- CreateIndex
CREATE INDEX "diagnostic_running_idx" ON "diagnostic"("requested_at") WHERE (finished_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "bulk_action_request_key_key" ON "bulk_action"("request_key");

-- CreateIndex
CREATE INDEX "bulk_action_requested_by_id_created_at_idx" ON "bulk_action"("requested_by_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "bulk_item_command_id_key" ON "bulk_item"("command_id");

-- CreateIndex
CREATE INDEX "bulk_item_device_key_idx" ON "bulk_item"("device_key");

-- CreateIndex
CREATE INDEX "health_sample_hour_idx" ON "health_sample"("hour");

-- CreateIndex
CREATE INDEX "maintenance_record_device_key_created_at_idx" ON "maintenance_record"("device_key", "created_at");

-- CreateIndex
CREATE INDEX "maintenance_record_planned_idx" ON "maintenance_record"("planned_for") WHERE (status = 'planned');

-- CreateIndex
CREATE INDEX "maintenance_attachment_record_id_idx" ON "maintenance_attachment"("record_id");

-- CreateIndex
CREATE UNIQUE INDEX "calibration_interval_device_type_model_key" ON "calibration_interval"("device_type", "model");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_owner_id_name_key" ON "saved_view"("owner_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "device_replaced_by_id_key" ON "device"("replaced_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "provisioning_token_words_hash_key" ON "provisioning_token"("words_hash");

-- CreateIndex
CREATE INDEX "provisioning_token_farm_id_created_at_idx" ON "provisioning_token"("farm_id", "created_at");

-- CreateIndex
CREATE INDEX "provisioning_token_batch_id_idx" ON "provisioning_token"("batch_id");

-- AddForeignKey
ALTER TABLE "diagnostic" ADD CONSTRAINT "diagnostic_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "diagnostic" ADD CONSTRAINT "diagnostic_command_id_fkey" FOREIGN KEY ("command_id") REFERENCES "device_command"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "bulk_action"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_command_id_fkey" FOREIGN KEY ("command_id") REFERENCES "device_command"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device" ADD CONSTRAINT "device_replaced_by_id_fkey" FOREIGN KEY ("replaced_by_id") REFERENCES "device"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "health_sample" ADD CONSTRAINT "health_sample_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "maintenance_record" ADD CONSTRAINT "maintenance_record_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "maintenance_attachment" ADD CONSTRAINT "maintenance_attachment_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "maintenance_record"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
