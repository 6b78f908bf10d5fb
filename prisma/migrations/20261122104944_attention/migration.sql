-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "snoozedUntil" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "actedOn" TEXT;

-- AlterTable
ALTER TABLE "Outreach" ADD COLUMN     "matters" TEXT NOT NULL DEFAULT 'usual',
ADD COLUMN     "messageId" UUID,
ADD COLUMN     "releasedAt" TIMESTAMPTZ(3),
ADD COLUMN     "releasedById" UUID,
ADD COLUMN     "urgent" JSONB,
ADD COLUMN     "why" JSONB;

-- AlterTable
ALTER TABLE "Touchpoint" ADD COLUMN     "subject" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "HandOver" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "why" TEXT NOT NULL,
    "open" BOOLEAN DEFAULT true,
    "successorId" UUID,
    "proposedById" UUID,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),
    "outcome" TEXT NOT NULL DEFAULT '',
    "settledById" UUID,

    CONSTRAINT "HandOver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Care" (
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "ownerId" UUID,
    "backupId" UUID,
    "tier" TEXT NOT NULL DEFAULT 'usual',
    "idealDays" INTEGER,
    "longestDays" INTEGER,
    "plannedOn" TEXT,

    CONSTRAINT "Care_pkey" PRIMARY KEY ("coalitionId","partnerId")
);

-- CreateTable
CREATE TABLE "Rhythm" (
    "coalitionId" UUID NOT NULL,
    "tier" TEXT NOT NULL,
    "idealDays" INTEGER NOT NULL,
    "longestDays" INTEGER NOT NULL,

    CONSTRAINT "Rhythm_pkey" PRIMARY KEY ("coalitionId","tier")
);

-- CreateTable
CREATE TABLE "CheckIn" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "kind" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CheckIn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffPromise" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "ownerId" UUID,
    "text" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "StaffPromise_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffNote" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StaffNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PulseSettings" (
    "coalitionId" UUID NOT NULL,
    "everyMonths" INTEGER NOT NULL,
    "stopped" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "PulseSettings_pkey" PRIMARY KEY ("coalitionId")
);

-- CreateTable
CREATE TABLE "PulseAsk" (
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "round" TEXT NOT NULL,
    "answered" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "PulseAsk_pkey" PRIMARY KEY ("coalitionId","partnerId","round")
);

-- CreateTable
CREATE TABLE "PulseAnswer" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "round" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "words" TEXT NOT NULL DEFAULT '',
    "shared" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PulseAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PulseUrn" (
    "coalitionId" UUID NOT NULL,
    "round" TEXT NOT NULL,
    "scores" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "words" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "PulseUrn_pkey" PRIMARY KEY ("coalitionId","round")
);

-- CreateTable
CREATE TABLE "Concern" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "fromId" UUID,
    "thread" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Concern_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConcernBox" (
    "coalitionId" UUID NOT NULL,
    "threads" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "ConcernBox_pkey" PRIMARY KEY ("coalitionId")
);

-- CreateTable
CREATE TABLE "PersonalDigest" (
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,

    CONSTRAINT "PersonalDigest_pkey" PRIMARY KEY ("coalitionId","memberId")
);

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

-- CreateIndex
CREATE INDEX "HandOver_coalitionId_open_idx" ON "HandOver"("coalitionId", "open");

-- CreateIndex
CREATE UNIQUE INDEX "HandOver_coalitionId_memberId_open_key" ON "HandOver"("coalitionId", "memberId", "open");

-- CreateIndex
CREATE INDEX "Care_coalitionId_ownerId_idx" ON "Care"("coalitionId", "ownerId");

-- CreateIndex
CREATE INDEX "CheckIn_coalitionId_partnerId_at_idx" ON "CheckIn"("coalitionId", "partnerId", "at");

-- CreateIndex
CREATE INDEX "StaffPromise_coalitionId_partnerId_idx" ON "StaffPromise"("coalitionId", "partnerId");

-- CreateIndex
CREATE INDEX "StaffPromise_coalitionId_doneAt_dueOn_idx" ON "StaffPromise"("coalitionId", "doneAt", "dueOn");

-- CreateIndex
CREATE INDEX "StaffNote_coalitionId_partnerId_at_idx" ON "StaffNote"("coalitionId", "partnerId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "PulseAnswer_coalitionId_partnerId_round_key" ON "PulseAnswer"("coalitionId", "partnerId", "round");

-- CreateIndex
CREATE INDEX "Concern_coalitionId_toId_idx" ON "Concern"("coalitionId", "toId");

-- CreateIndex
CREATE INDEX "Concern_coalitionId_fromId_idx" ON "Concern"("coalitionId", "fromId");

-- CreateIndex
CREATE INDEX "Contact_coalitionId_partnerId_at_idx" ON "Contact"("coalitionId", "partnerId", "at");

-- CreateIndex
CREATE INDEX "Contact_coalitionId_memberId_idx" ON "Contact"("coalitionId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Contact_coalitionId_partnerId_kind_subject_key" ON "Contact"("coalitionId", "partnerId", "kind", "subject");

-- CreateIndex
CREATE INDEX "OutreachMessage_coalitionId_memberId_at_idx" ON "OutreachMessage"("coalitionId", "memberId", "at");

-- CreateIndex
CREATE INDEX "Outreach_coalitionId_partnerId_state_idx" ON "Outreach"("coalitionId", "partnerId", "state");

-- CreateIndex
CREATE INDEX "Outreach_coalitionId_state_idx" ON "Outreach"("coalitionId", "state");

-- CreateIndex
CREATE INDEX "Outreach_messageId_idx" ON "Outreach"("messageId");
