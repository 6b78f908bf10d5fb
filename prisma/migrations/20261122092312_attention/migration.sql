-- CreateTable
CREATE TABLE "Contact" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Contact_coalitionId_partnerId_at_idx" ON "Contact"("coalitionId", "partnerId", "at");

-- CreateIndex
CREATE INDEX "Contact_coalitionId_memberId_idx" ON "Contact"("coalitionId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Contact_coalitionId_partnerId_kind_subject_key" ON "Contact"("coalitionId", "partnerId", "kind", "subject");
