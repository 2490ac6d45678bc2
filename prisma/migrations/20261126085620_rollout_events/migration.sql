-- CreateEnum
CREATE TYPE "rollout_event_kind" AS ENUM ('paused', 'failed', 'completed', 'awaiting_approval');

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "rollout_event_id" UUID,
ALTER COLUMN "alert_id" DROP NOT NULL,
ALTER COLUMN "kind" DROP NOT NULL;

-- AlterTable
ALTER TABLE "notification_rule" ADD COLUMN     "about_alerts" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "rollout_events" "rollout_event_kind"[] DEFAULT ARRAY[]::"rollout_event_kind"[];

-- CreateTable
CREATE TABLE "rollout_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "rollout_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" "rollout_event_kind" NOT NULL,
    "position" INTEGER NOT NULL,
    "cause" JSONB,
    "sent_back" JSONB,
    "counts" JSONB NOT NULL,
    "planned_at" TIMESTAMPTZ(3),

    CONSTRAINT "rollout_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rollout_event_rollout_id_at_idx" ON "rollout_event"("rollout_id", "at");

-- CreateIndex
CREATE INDEX "rollout_event_unplanned_idx" ON "rollout_event"("at") WHERE (planned_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "notification_rollout_event_id_user_id_channel_key" ON "notification"("rollout_event_id", "user_id", "channel");

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_rollout_event_id_fkey" FOREIGN KEY ("rollout_event_id") REFERENCES "rollout_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_event" ADD CONSTRAINT "rollout_event_rollout_id_fkey" FOREIGN KEY ("rollout_id") REFERENCES "rollout"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddCheck: either an alert or an event of a rollout
ALTER TABLE "notification" ADD CONSTRAINT "notification_subject_check" CHECK (num_nonnulls("alert_id", "rollout_event_id") = 1 AND ("alert_id" IS NULL) = ("kind" IS NULL));
