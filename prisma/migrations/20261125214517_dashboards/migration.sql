-- CreateEnum
CREATE TYPE "battery_unknown" AS ENUM ('too_few_days', 'noisy', 'charging', 'silent');

-- CreateTable
CREATE TABLE "fleet_sample" (
    "farm_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "healthy" INTEGER NOT NULL,
    "warning" INTEGER NOT NULL,
    "critical" INTEGER NOT NULL,
    "unknown" INTEGER NOT NULL,
    "connected" INTEGER NOT NULL,
    "disconnected" INTEGER NOT NULL,

    CONSTRAINT "fleet_sample_pkey" PRIMARY KEY ("farm_id","hour")
);

-- CreateTable
CREATE TABLE "battery_outlook" (
    "device_key" UUID NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "threshold" REAL NOT NULL,
    "days" INTEGER NOT NULL,
    "slope_per_day" REAL,
    "earliest_at" TIMESTAMPTZ(3),
    "latest_at" TIMESTAMPTZ(3),
    "reason" "battery_unknown",

    CONSTRAINT "battery_outlook_pkey" PRIMARY KEY ("device_key")
);

-- CreateIndex
CREATE INDEX "fleet_sample_hour_idx" ON "fleet_sample"("hour");

-- CreateIndex
CREATE INDEX "battery_outlook_earliest_at_idx" ON "battery_outlook"("earliest_at");

-- CreateIndex
CREATE INDEX "device_alert_resolved_at_idx" ON "device_alert"("resolved_at");

-- AddForeignKey
ALTER TABLE "fleet_sample" ADD CONSTRAINT "fleet_sample_farm_id_fkey" FOREIGN KEY ("farm_id") REFERENCES "farm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "battery_outlook" ADD CONSTRAINT "battery_outlook_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;
