-- CreateTable
CREATE TABLE "field_action" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "device_id" TEXT NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "field_action_pkey" PRIMARY KEY ("user_id","id")
);

-- CreateTable
CREATE TABLE "device_photo" (
    "id" UUID NOT NULL,
    "device_key" UUID NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "taken_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "device_photo_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "field_action_received_at_idx" ON "field_action"("received_at");

-- CreateIndex
CREATE INDEX "device_photo_device_key_created_at_idx" ON "device_photo"("device_key", "created_at");

-- AddForeignKey
ALTER TABLE "field_action" ADD CONSTRAINT "field_action_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "device_photo" ADD CONSTRAINT "device_photo_device_key_fkey" FOREIGN KEY ("device_key") REFERENCES "device"("id") ON DELETE CASCADE ON UPDATE CASCADE;
