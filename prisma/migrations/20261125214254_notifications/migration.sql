-- CreateEnum
CREATE TYPE "notification_channel" AS ENUM ('email', 'browser', 'in_app');

-- CreateEnum
CREATE TYPE "notification_kind" AS ENUM ('raised', 'worsened', 'over');

-- CreateEnum
CREATE TYPE "notification_state" AS ENUM ('waiting', 'sending', 'sent', 'failed', 'dropped');

-- CreateEnum
CREATE TYPE "notification_drop_reason" AS ENUM ('acknowledged', 'snoozed', 'over', 'grouped', 'flapping', 'not_allowed', 'not_shown');

-- CreateTable
CREATE TABLE "notification_rule" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "active_since" TIMESTAMPTZ(3) NOT NULL,
    "farm_ids" UUID[],
    "min_severity" "alert_severity" NOT NULL,
    "types" "alert_type"[],
    "channels" "notification_channel"[],
    "delay_minutes" INTEGER NOT NULL DEFAULT 0,
    "quiet_from_minute" SMALLINT,
    "quiet_until_minute" SMALLINT,
    "digest_minute" SMALLINT,
    "critical_at_once" BOOLEAN NOT NULL DEFAULT true,
    "tell_when_over" BOOLEAN NOT NULL DEFAULT false,
    "time_zone" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notification_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "rule_id" UUID,
    "user_id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "channel" "notification_channel" NOT NULL,
    "kind" "notification_kind" NOT NULL,
    "severity" "alert_severity" NOT NULL,
    "is_digest" BOOLEAN NOT NULL DEFAULT false,
    "state" "notification_state" NOT NULL DEFAULT 'waiting',
    "dropped" "notification_drop_reason",
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "notification_rule_user_id_name_key" ON "notification_rule"("user_id", "name");

-- CreateIndex
CREATE INDEX "notification_due_idx" ON "notification"("due_at") WHERE (state < 'sent');

-- CreateIndex
CREATE INDEX "notification_user_id_planned_at_idx" ON "notification"("user_id", "planned_at");

-- CreateIndex
CREATE INDEX "notification_alert_id_idx" ON "notification"("alert_id");

-- CreateIndex
CREATE INDEX "notification_planned_at_idx" ON "notification"("planned_at");

-- CreateIndex
CREATE UNIQUE INDEX "notification_rule_id_alert_id_channel_kind_key" ON "notification"("rule_id", "alert_id", "channel", "kind");

-- AddForeignKey
ALTER TABLE "notification_rule" ADD CONSTRAINT "notification_rule_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "notification_rule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "device_alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;
