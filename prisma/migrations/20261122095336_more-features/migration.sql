-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "snoozedUntil" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Outreach" ADD COLUMN     "matters" TEXT NOT NULL DEFAULT 'usual',
ADD COLUMN     "messageId" UUID,
ADD COLUMN     "releasedAt" TIMESTAMPTZ(3),
ADD COLUMN     "releasedById" UUID,
ADD COLUMN     "urgent" JSONB,
ADD COLUMN     "why" JSONB;

-- AlterTable
ALTER TABLE "Touchpoint" ADD COLUMN     "subject" TEXT NOT NULL DEFAULT '';

-- DropTable
DROP TABLE "Pace";

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

-- CreateTable
CREATE TABLE "SharedPace" (
    "key" TEXT NOT NULL,
    "freeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SharedPace_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "OutreachMessage" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OutreachMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PartnerBalance" (
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "asksInRow" INTEGER NOT NULL DEFAULT 0,
    "lastAsk" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "PartnerBalance_pkey" PRIMARY KEY ("coalitionId","partnerId")
);

-- CreateTable
CREATE TABLE "Attention" (
    "coalitionId" UUID NOT NULL,
    "perWeek" INTEGER NOT NULL DEFAULT 5,
    "perDay" INTEGER NOT NULL DEFAULT 2,
    "asksInRow" INTEGER NOT NULL DEFAULT 4,
    "pausedAt" TIMESTAMPTZ(3),
    "pausedById" UUID,

    CONSTRAINT "Attention_pkey" PRIMARY KEY ("coalitionId")
);

-- CreateTable
CREATE TABLE "SlackPicture" (
    "teamId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,
    "uploadedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SlackPicture_pkey" PRIMARY KEY ("teamId","hash")
);

-- CreateIndex
CREATE INDEX "Contact_coalitionId_partnerId_at_idx" ON "Contact"("coalitionId", "partnerId", "at");

-- CreateIndex
CREATE INDEX "Contact_coalitionId_memberId_idx" ON "Contact"("coalitionId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Contact_coalitionId_partnerId_kind_subject_key" ON "Contact"("coalitionId", "partnerId", "kind", "subject");

-- CreateIndex
CREATE INDEX "OutreachMessage_coalitionId_memberId_at_idx" ON "OutreachMessage"("coalitionId", "memberId", "at");

-- CreateIndex
CREATE INDEX "SlackPicture_teamId_uploadedAt_idx" ON "SlackPicture"("teamId", "uploadedAt");

-- CreateIndex
CREATE INDEX "Outreach_coalitionId_partnerId_state_idx" ON "Outreach"("coalitionId", "partnerId", "state");

-- CreateIndex
CREATE INDEX "Outreach_coalitionId_state_wantedAt_idx" ON "Outreach"("coalitionId", "state", "wantedAt");

-- CreateIndex
CREATE INDEX "Outreach_messageId_idx" ON "Outreach"("messageId");
