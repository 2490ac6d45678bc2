-- AlterTable
ALTER TABLE "job_run" ADD COLUMN     "last_failed_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_failure" TEXT;

-- CreateTable
CREATE TABLE "job_hour" (
    "name" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "runs" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "longest_ms" INTEGER NOT NULL,

    CONSTRAINT "job_hour_pkey" PRIMARY KEY ("name","hour")
);

-- CreateTable
CREATE TABLE "process_beat" (
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "node_version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "alive_at" TIMESTAMPTZ(3) NOT NULL,
    "memory_bytes" BIGINT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "process_beat_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "retention_settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sample_days" INTEGER NOT NULL,
    "fleet_months" INTEGER NOT NULL,
    "notification_days" INTEGER NOT NULL,
    "webhook_delivered_days" INTEGER NOT NULL,
    "webhook_undelivered_days" INTEGER NOT NULL,
    "import_days" INTEGER NOT NULL,
    "unused_import_hours" INTEGER NOT NULL,
    "unused_firmware_hours" INTEGER NOT NULL,
    "alert_days" INTEGER,
    "command_days" INTEGER,
    "diagnostic_days" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_settings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "device_command_issued_at_idx" ON "device_command" USING BRIN ("issued_at");
