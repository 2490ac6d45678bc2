-- CreateEnum
CREATE TYPE "firmware_state" AS ENUM ('draft', 'testing', 'stable', 'deprecated');

-- CreateEnum
CREATE TYPE "firmware_format" AS ENUM ('elf', 'esp_image', 'cortex_m', 'mcuboot', 'uimage', 'intel_hex', 's_record', 'uf2', 'gzip', 'xz', 'zstd', 'zip', 'unknown');

-- CreateTable
CREATE TABLE "firmware_artifact" (
    "sha256" VARCHAR(64) NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "format" "firmware_format" NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "firmware_artifact_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "firmware_version" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" VARCHAR(50) NOT NULL,
    "version_key" TEXT NOT NULL,
    "device_type" "device_type" NOT NULL,
    "manufacturer" TEXT NOT NULL DEFAULT '',
    "compatible_models" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "min_previous_version" VARCHAR(50),
    "is_mandatory" BOOLEAN NOT NULL DEFAULT false,
    "artifact_sha256" VARCHAR(64),
    "file_name" TEXT,
    "download_url" TEXT,
    "release_date" DATE NOT NULL,
    "release_notes" TEXT,
    "changelog" TEXT,
    "state" "firmware_state" NOT NULL DEFAULT 'draft',
    "sequence" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "firmware_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "firmware_state_change" (
    "id" UUID NOT NULL,
    "firmware_id" UUID NOT NULL,
    "from" "firmware_state",
    "to" "firmware_state" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "note" TEXT,

    CONSTRAINT "firmware_state_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "firmware_upload" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "size_bytes" INTEGER,
    "received_bytes" INTEGER NOT NULL DEFAULT 0,
    "expected_sha256" VARCHAR(64),
    "source_url" TEXT,
    "writer" UUID,
    "writer_at" TIMESTAMPTZ(3),
    "artifact_sha256" VARCHAR(64),
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "firmware_upload_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "firmware_version_artifact_sha256_idx" ON "firmware_version"("artifact_sha256");

-- CreateIndex
CREATE UNIQUE INDEX "firmware_version_device_type_version_key_key" ON "firmware_version"("device_type", "version_key");

-- CreateIndex
CREATE UNIQUE INDEX "firmware_version_device_type_sequence_key" ON "firmware_version"("device_type", "sequence");

-- CreateIndex
CREATE INDEX "firmware_state_change_firmware_id_at_idx" ON "firmware_state_change"("firmware_id", "at");

-- CreateIndex
CREATE INDEX "firmware_upload_owner_id_idx" ON "firmware_upload"("owner_id");

-- CreateIndex
CREATE INDEX "firmware_upload_expires_at_idx" ON "firmware_upload"("expires_at");

-- CreateIndex
CREATE INDEX "firmware_upload_artifact_sha256_idx" ON "firmware_upload"("artifact_sha256");

-- AddForeignKey
ALTER TABLE "firmware_version" ADD CONSTRAINT "firmware_version_artifact_sha256_fkey" FOREIGN KEY ("artifact_sha256") REFERENCES "firmware_artifact"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "firmware_state_change" ADD CONSTRAINT "firmware_state_change_firmware_id_fkey" FOREIGN KEY ("firmware_id") REFERENCES "firmware_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "firmware_upload" ADD CONSTRAINT "firmware_upload_artifact_sha256_fkey" FOREIGN KEY ("artifact_sha256") REFERENCES "firmware_artifact"("sha256") ON DELETE CASCADE ON UPDATE CASCADE;
