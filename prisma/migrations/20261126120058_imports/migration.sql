-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('uploaded', 'reading', 'ready', 'importing', 'done', 'undoing', 'undone', 'failed');

-- CreateEnum
CREATE TYPE "import_mode" AS ENUM ('create', 'update', 'create_update');

-- CreateEnum
CREATE TYPE "import_error_policy" AS ENUM ('skip', 'all_or_nothing');

-- CreateEnum
CREATE TYPE "import_verdict" AS ENUM ('create', 'update', 'unchanged', 'skip', 'error');

-- CreateEnum
CREATE TYPE "import_undo_outcome" AS ENUM ('removed', 'restored', 'partly_restored', 'kept');

-- CreateTable
CREATE TABLE "import_job" (
    "id" UUID NOT NULL,
    "file_sha256" VARCHAR(64) NOT NULL,
    "file_name" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "request_key" TEXT,
    "delimiter" TEXT NOT NULL,
    "header" TEXT[],
    "file_rows" INTEGER NOT NULL,
    "sample" JSONB NOT NULL DEFAULT '[]',
    "state" "import_state" NOT NULL DEFAULT 'uploaded',
    "mode" "import_mode" NOT NULL DEFAULT 'create',
    "on_error" "import_error_policy" NOT NULL DEFAULT 'all_or_nothing',
    "default_farm_id" UUID,
    "issue_credentials" BOOLEAN NOT NULL DEFAULT false,
    "mapping" TEXT[],
    "commits_itself" BOOLEAN NOT NULL DEFAULT false,
    "preview_hash" VARCHAR(64),
    "failure" TEXT,
    "farm_ids" UUID[],
    "total_rows" INTEGER NOT NULL DEFAULT 0,
    "create_rows" INTEGER NOT NULL DEFAULT 0,
    "update_rows" INTEGER NOT NULL DEFAULT 0,
    "unchanged_rows" INTEGER NOT NULL DEFAULT 0,
    "skip_rows" INTEGER NOT NULL DEFAULT 0,
    "error_rows" INTEGER NOT NULL DEFAULT 0,
    "cursor" INTEGER NOT NULL DEFAULT 0,
    "created_count" INTEGER NOT NULL DEFAULT 0,
    "updated_count" INTEGER NOT NULL DEFAULT 0,
    "failed_count" INTEGER NOT NULL DEFAULT 0,
    "removed_count" INTEGER NOT NULL DEFAULT 0,
    "restored_count" INTEGER NOT NULL DEFAULT 0,
    "kept_count" INTEGER NOT NULL DEFAULT 0,
    "worked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "committed_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),
    "undone_by_id" UUID,
    "credentials_key_hash" BYTEA,
    "credentials_taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "import_id" UUID NOT NULL,
    "row_no" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "surplus_cells" INTEGER,
    "device_id" TEXT,
    "mac_address" TEXT,
    "serial_key" TEXT,
    "verdict" "import_verdict" NOT NULL,
    "device_key" UUID,
    "version" INTEGER,
    "values" JSONB,
    "former" JSONB,
    "changes" JSONB,
    "issues" JSONB,
    "reason" TEXT,
    "failure" TEXT,
    "undo_outcome" "import_undo_outcome",
    "undo_notes" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("import_id","row_no")
);

-- CreateTable
CREATE TABLE "import_mended_cell" (
    "import_id" UUID NOT NULL,
    "row_no" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "import_mended_cell_pkey" PRIMARY KEY ("import_id","row_no","field")
);

-- CreateTable
CREATE TABLE "import_secret" (
    "import_id" UUID NOT NULL,
    "row_no" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "import_secret_pkey" PRIMARY KEY ("import_id","row_no")
);

-- CreateIndex
CREATE UNIQUE INDEX "import_job_request_key_key" ON "import_job"("request_key");

-- CreateIndex
CREATE INDEX "import_job_created_by_id_created_at_idx" ON "import_job"("created_by_id", "created_at");

-- CreateIndex
CREATE INDEX "import_job_state_worked_at_idx" ON "import_job"("state", "worked_at");

-- CreateIndex
CREATE INDEX "import_row_import_id_verdict_row_no_idx" ON "import_row"("import_id", "verdict", "row_no");

-- CreateIndex
CREATE INDEX "import_row_import_id_device_id_idx" ON "import_row"("import_id", "device_id");

-- CreateIndex
CREATE INDEX "import_row_mac_idx" ON "import_row"("import_id", "mac_address") WHERE (mac_address IS NOT NULL);

-- CreateIndex
CREATE INDEX "import_row_serial_idx" ON "import_row"("import_id", "serial_key") WHERE (serial_key IS NOT NULL);

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_mended_cell" ADD CONSTRAINT "import_mended_cell_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_secret" ADD CONSTRAINT "import_secret_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
