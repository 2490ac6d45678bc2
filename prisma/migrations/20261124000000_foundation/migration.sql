-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('user', 'api_key', 'device', 'system');

-- CreateEnum
CREATE TYPE "command_kind" AS ENUM ('identify', 'restart', 'diagnostic', 'configure', 'firmware_update');

-- CreateEnum
CREATE TYPE "command_state" AS ENUM ('queued', 'sent', 'acknowledged', 'succeeded', 'failed', 'expired', 'cancelled');

-- CreateEnum
CREATE TYPE "device_type" AS ENUM ('milk_meter', 'temperature', 'collar', 'feeder', 'gate', 'waterer', 'environmental');

-- CreateEnum
CREATE TYPE "device_lifecycle" AS ENUM ('draft', 'provisioned', 'active', 'maintenance', 'decommissioned');

-- CreateEnum
CREATE TYPE "power_source" AS ENUM ('battery', 'mains', 'solar', 'poe');

-- CreateEnum
CREATE TYPE "connection_type" AS ENUM ('wifi', 'ethernet', 'lora', 'cellular', 'bluetooth');

-- CreateEnum
CREATE TYPE "provisioning_method" AS ENUM ('manual', 'qr_code', 'nfc', 'csv_import', 'api');

-- CreateEnum
CREATE TYPE "firmware_update_status" AS ENUM ('none', 'scheduled', 'downloading', 'installing', 'completed', 'failed', 'rolled_back');

-- CreateEnum
CREATE TYPE "calibration_status" AS ENUM ('not_required', 'valid', 'due', 'overdue');

-- CreateEnum
CREATE TYPE "health_status" AS ENUM ('healthy', 'warning', 'critical', 'unknown');

-- CreateEnum
CREATE TYPE "signal_quality" AS ENUM ('excellent', 'good', 'fair', 'poor', 'none');

-- CreateEnum
CREATE TYPE "farm_role" AS ENUM ('farm_manager', 'field_staff', 'viewer');

-- CreateTable
CREATE TABLE "audit_event" (
    "chain" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" TEXT,
    "actor_label" TEXT NOT NULL,
    "farm_id" UUID,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("chain","seq")
);

-- CreateTable
CREATE TABLE "audit_chain" (
    "chain" TEXT NOT NULL,
    "last_seq" BIGINT NOT NULL DEFAULT 0,
    "last_hash" BYTEA NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("chain")
);

-- CreateTable
CREATE TABLE "device_command" (
    "id" UUID NOT NULL,
    "device_key" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "kind" "command_kind" NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "reason" TEXT,
    "state" "command_state" NOT NULL DEFAULT 'queued',
    "issued_by_id" UUID,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "available_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "acknowledged_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "result" JSONB,
    "error" TEXT,

    CONSTRAINT "device_command_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "device" (
    "id" UUID NOT NULL,
    "device_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "device_type" NOT NULL,
    "farm_id" UUID NOT NULL,
    "group_id" UUID,
    "location" TEXT,
    "lifecycle" "device_lifecycle" NOT NULL DEFAULT 'draft',
    "first_connected_at" TIMESTAMPTZ(3),
    "decommissioned_at" TIMESTAMPTZ(3),
    "decommission_reason" TEXT,
    "manufacturer" TEXT NOT NULL DEFAULT '',
    "model" TEXT NOT NULL DEFAULT '',
    "serial_number" TEXT,
    "mac_address" TEXT,
    "power_source" "power_source" NOT NULL DEFAULT 'battery',
    "connection_type" "connection_type",
    "low_battery_threshold" REAL NOT NULL DEFAULT 20,
    "health_check_interval_seconds" INTEGER NOT NULL DEFAULT 60,
    "provisioned_at" TIMESTAMPTZ(3),
    "provisioned_by_id" UUID,
    "provisioning_method" "provisioning_method",
    "target_firmware_version" TEXT,
    "firmware_update_status" "firmware_update_status" NOT NULL DEFAULT 'none',
    "firmware_update_scheduled_at" TIMESTAMPTZ(3),
    "firmware_update_completed_at" TIMESTAMPTZ(3),
    "firmware_update_error" TEXT,
    "maintenance_notes" TEXT,
    "next_maintenance_date" DATE,
    "calibration_status" "calibration_status" NOT NULL DEFAULT 'not_required',
    "calibration_interval_days" INTEGER,
    "last_calibration_date" DATE,
    "next_calibration_date" DATE,
    "last_diagnostic_at" TIMESTAMPTZ(3),
    "diagnostic_report" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "device_state" (
    "device_key" UUID NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),
    "connected" BOOLEAN NOT NULL DEFAULT false,
    "disconnected_at" TIMESTAMPTZ(3),
    "boot_id" TEXT,
    "last_seq" BIGINT,
    "previous_boot_id" TEXT,
    "device_time" TIMESTAMPTZ(3),
    "firmware_version" TEXT,
    "battery_level" REAL,
    "battery_voltage" REAL,
    "signal_strength" INTEGER,
    "signal_quality" "signal_quality" NOT NULL DEFAULT 'none',
    "ssid" TEXT,
    "connection_type" "connection_type",
    "error_count" INTEGER NOT NULL DEFAULT 0,
    "uptime_seconds" BIGINT,
    "total_uptime_seconds" BIGINT NOT NULL DEFAULT 0,
    "restart_count" INTEGER NOT NULL DEFAULT 0,
    "last_restart_at" TIMESTAMPTZ(3),
    "last_restart_reason" TEXT,
    "data_transmitted_bytes" BIGINT NOT NULL DEFAULT 0,
    "boot_bytes_transmitted" BIGINT,
    "message_count" BIGINT NOT NULL DEFAULT 0,
    "invalid_message_count" BIGINT NOT NULL DEFAULT 0,
    "last_invalid_at" TIMESTAMPTZ(3),
    "last_invalid_reason" TEXT,
    "health_status" "health_status" NOT NULL DEFAULT 'unknown',
    "health_score" SMALLINT NOT NULL DEFAULT 100,
    "needs_attention" BOOLEAN NOT NULL DEFAULT false,
    "last_health_check_at" TIMESTAMPTZ(3),

    CONSTRAINT "device_state_pkey" PRIMARY KEY ("device_key")
);

-- CreateTable
CREATE TABLE "device_group" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 10,
    "description" TEXT,
    "farm_id" UUID,
    "parent_id" UUID,
    "device_type" "device_type",
    "color" INTEGER NOT NULL DEFAULT 0,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "health_check_interval_seconds" INTEGER NOT NULL DEFAULT 60,
    "offline_alert_threshold" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "device_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "device_tag" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "color" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "device_tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "farm" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "address" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "freeze_until" TIMESTAMPTZ(3),
    "freeze_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "farm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "milking_session" (
    "id" UUID NOT NULL,
    "farm_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "weekdays" SMALLINT[],
    "start_minute" SMALLINT NOT NULL,
    "end_minute" SMALLINT NOT NULL,

    CONSTRAINT "milking_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_request" BIGINT NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "user_id" UUID NOT NULL,
    "farm_id" UUID NOT NULL,
    "role" "farm_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("user_id","farm_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "role" "farm_role",
    "farm_ids" UUID[],
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL DEFAULT 1,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "change_feed" (
    "id" BIGSERIAL NOT NULL,
    "xid" BIGINT NOT NULL,
    "topic" TEXT NOT NULL,
    "farm_ids" UUID[],
    "ids" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "device_credential" (
    "id" UUID NOT NULL,
    "device_key" UUID NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "issued_by_id" UUID,
    "valid_until" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "device_credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provisioning_token" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "farm_id" UUID NOT NULL,
    "device_key" UUID,
    "device_type" "device_type",
    "issued_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "provisioning_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sealed_answer" (
    "key_hash" BYTEA NOT NULL,
    "sealed" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sealed_answer_pkey" PRIMARY KEY ("key_hash")
);

-- CreateTable
CREATE TABLE "_device_tag_rel" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_device_tag_rel_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE INDEX "audit_event_subject_type_subject_id_at_idx" ON "audit_event"("subject_type", "subject_id", "at");

-- CreateIndex
CREATE INDEX "audit_event_farm_id_at_idx" ON "audit_event"("farm_id", "at");

-- CreateIndex
CREATE INDEX "audit_event_at_idx" ON "audit_event"("at");

-- CreateIndex
CREATE INDEX "device_command_due_idx" ON "device_command"("available_at") WHERE (finished_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "device_command_device_key_seq_key" ON "device_command"("device_key", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "device_device_id_key" ON "device"("device_id");

-- CreateIndex
CREATE INDEX "device_farm_id_device_id_idx" ON "device"("farm_id", "device_id");

-- CreateIndex
CREATE INDEX "device_group_id_idx" ON "device"("group_id");

-- CreateIndex
CREATE INDEX "device_lifecycle_idx" ON "device"("lifecycle");

-- CreateIndex
CREATE UNIQUE INDEX "device_mac_address_live_key" ON "device"("mac_address") WHERE (mac_address IS NOT NULL AND lifecycle <> 'decommissioned');

-- CreateIndex
CREATE UNIQUE INDEX "device_serial_number_live_key" ON "device"("manufacturer", "serial_number") WHERE (serial_number IS NOT NULL AND lifecycle <> 'decommissioned');

-- CreateIndex
CREATE UNIQUE INDEX "device_group_code_key" ON "device_group"("code");

-- CreateIndex
CREATE INDEX "device_group_farm_id_idx" ON "device_group"("farm_id");

-- CreateIndex
CREATE INDEX "device_group_parent_id_idx" ON "device_group"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "device_tag_name_key" ON "device_tag"("name");

-- CreateIndex
CREATE UNIQUE INDEX "farm_code_key" ON "farm"("code");

-- CreateIndex
CREATE INDEX "milking_session_farm_id_idx" ON "milking_session"("farm_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_provider_id_account_id_key" ON "account"("provider_id", "account_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limit_key_key" ON "rate_limit"("key");

-- CreateIndex
CREATE INDEX "membership_farm_id_idx" ON "membership"("farm_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_email_idx" ON "invitation"("email");

-- CreateIndex
CREATE INDEX "change_feed_xid_idx" ON "change_feed"("xid");

-- CreateIndex
CREATE INDEX "device_credential_device_key_idx" ON "device_credential"("device_key");

-- CreateIndex
CREATE UNIQUE INDEX "provisioning_token_token_hash_key" ON "provisioning_token"("token_hash");

-- CreateIndex
CREATE INDEX "provisioning_token_farm_id_idx" ON "provisioning_token"("farm_id");

-- CreateIndex
CREATE INDEX "provisioning_token_device_key_idx" ON "provisioning_token"("device_key");

-- CreateIndex
CREATE INDEX "sealed_answer_expires_at_idx" ON "sealed_answer"("expires_at");

-- CreateIndex
CREATE INDEX "_device_tag_rel_B_index" ON "_device_tag_rel"("B");

-- AddForeignKey
ALTER TABLE "device_command" ADD CONSTRAINT "device_command_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device" ADD CONSTRAINT "device_farm_id_fkey" FOREIGN KEY ("farm_id") REFERENCES "farm"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device" ADD CONSTRAINT "device_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "device_group"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_state" ADD CONSTRAINT "device_state_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_group" ADD CONSTRAINT "device_group_farm_id_fkey" FOREIGN KEY ("farm_id") REFERENCES "farm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_group" ADD CONSTRAINT "device_group_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "device_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "milking_session" ADD CONSTRAINT "milking_session_farm_id_fkey" FOREIGN KEY ("farm_id") REFERENCES "farm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_farm_id_fkey" FOREIGN KEY ("farm_id") REFERENCES "farm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_credential" ADD CONSTRAINT "device_credential_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provisioning_token" ADD CONSTRAINT "provisioning_token_farm_id_fkey" FOREIGN KEY ("farm_id") REFERENCES "farm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provisioning_token" ADD CONSTRAINT "provisioning_token_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_device_tag_rel" ADD CONSTRAINT "_device_tag_rel_A_fkey" FOREIGN KEY ("A") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_device_tag_rel" ADD CONSTRAINT "_device_tag_rel_B_fkey" FOREIGN KEY ("B") REFERENCES "device_tag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Heartbeats rewrite device_state all the time; free space in each page keeps those updates inside it (HOT).
ALTER TABLE "device_state" SET (fillfactor = 70);

-- The audit log only grows.
CREATE FUNCTION audit_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_event is append-only';
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_append_only();
