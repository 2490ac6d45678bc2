-- CreateEnum
CREATE TYPE "id_block_purpose" AS ENUM ('labels', 'offline');

-- CreateEnum
CREATE TYPE "label_method" AS ENUM ('print', 'pdf', 'zpl');

-- CreateTable
CREATE TABLE "device_id_block" (
    "id" UUID NOT NULL,
    "farm_id" UUID NOT NULL,
    "type" "device_type" NOT NULL,
    "prefix" TEXT NOT NULL,
    "first_number" INTEGER NOT NULL,
    "last_number" INTEGER NOT NULL,
    "purpose" "id_block_purpose" NOT NULL,
    "note" TEXT,
    "reserved_by_id" UUID,
    "reserved_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "device_id_block_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "label_print" (
    "id" UUID NOT NULL,
    "farm_id" UUID NOT NULL,
    "printed_by_id" UUID,
    "printed_at" TIMESTAMPTZ(3) NOT NULL,
    "method" "label_method" NOT NULL,
    "stock" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "copies" SMALLINT NOT NULL,
    "device_ids" TEXT[],
    "reprints" INTEGER NOT NULL,

    CONSTRAINT "label_print_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "device_id_block_open_idx" ON "device_id_block"("prefix", "last_number") WHERE (released_at IS NULL);

-- CreateIndex
CREATE INDEX "device_id_block_farm_id_idx" ON "device_id_block"("farm_id");

-- CreateIndex
CREATE INDEX "label_print_farm_id_printed_at_idx" ON "label_print"("farm_id", "printed_at" DESC);

-- CreateIndex
CREATE INDEX "label_print_device_ids_idx" ON "label_print" USING GIN ("device_ids");

-- AddForeignKey
ALTER TABLE "device_id_block" ADD CONSTRAINT "device_id_block_farm_id_fkey" FOREIGN KEY ("farm_id") REFERENCES "farm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label_print" ADD CONSTRAINT "label_print_farm_id_fkey" FOREIGN KEY ("farm_id") REFERENCES "farm"("id") ON DELETE CASCADE ON UPDATE CASCADE;
