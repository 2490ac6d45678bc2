-- DropIndex
DROP INDEX "rollout_target_firmware_id_idx";

-- DropIndex
DROP INDEX "rollout_target_rollout_id_device_key_attempt_key";

-- DropIndex
DROP INDEX "rollout_target_rollout_id_position_state_cohort_idx";

-- CreateIndex
CREATE INDEX "device_command_expiry_idx" ON "device_command"("expires_at") WHERE (finished_at IS NULL);

-- CreateIndex
CREATE INDEX "rollout_target_rollout_id_superseded_position_state_cohort_idx" ON "rollout_target"("rollout_id", "superseded", "position", "state", "cohort");

-- CreateIndex
CREATE UNIQUE INDEX "rollout_target_device_key_rollout_id_attempt_key" ON "rollout_target"("device_key", "rollout_id", "attempt");

-- States change faster than statistics are gathered: a rollout that has just been told looks as if nobody were under way,
-- and the planner then compares all with all. Without statistics it takes a fixed share, which is right enough.
ALTER TABLE "rollout_target" ALTER COLUMN "state" SET STATISTICS 0;

-- A rollout writes each of its devices four times and no indexed column of them: with room in the page, no index is touched.
ALTER TABLE "device" SET (fillfactor = 80);
