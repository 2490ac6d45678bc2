-- DropIndex
DROP INDEX "device_alert_former_id_idx";

-- DropIndex
DROP INDEX "device_alert_parent_id_idx";

-- CreateIndex
CREATE INDEX "device_alert_parent_idx" ON "device_alert"("parent_id") WHERE (parent_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "device_alert_former_idx" ON "device_alert"("former_id") WHERE (former_id IS NOT NULL);
