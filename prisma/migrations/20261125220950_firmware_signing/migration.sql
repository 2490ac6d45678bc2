-- CreateTable
CREATE TABLE "firmware_signing_key" (
    "generation" INTEGER NOT NULL,
    "kid" VARCHAR(43) NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "sealed_private_key" BYTEA,
    "endorsement" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "firmware_signing_key_pkey" PRIMARY KEY ("generation")
);

-- CreateIndex
CREATE UNIQUE INDEX "firmware_signing_key_kid_key" ON "firmware_signing_key"("kid");
