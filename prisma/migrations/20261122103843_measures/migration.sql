-- CreateTable
CREATE TABLE "Measure" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT,
    "purpose" TEXT NOT NULL,
    "calculation" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "unit" TEXT NOT NULL DEFAULT '',
    "direction" TEXT NOT NULL DEFAULT 'neither',
    "choices" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "breakdowns" JSONB NOT NULL DEFAULT '[]',
    "least" TEXT,
    "most" TEXT,
    "frequency" TEXT NOT NULL DEFAULT 'monthly',
    "startMonth" INTEGER NOT NULL DEFAULT 1,
    "terms" JSONB NOT NULL DEFAULT '[]',
    "dueDays" INTEGER NOT NULL DEFAULT 10,
    "dueTime" TEXT NOT NULL DEFAULT '17:00',
    "graceDays" INTEGER NOT NULL DEFAULT 0,
    "lockDays" INTEGER,
    "leadDays" INTEGER,
    "smallest" INTEGER NOT NULL DEFAULT 5,
    "everyPartner" BOOLEAN NOT NULL DEFAULT true,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "madeById" UUID,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Measure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasureReporter" (
    "coalitionId" UUID NOT NULL,
    "measureId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,

    CONSTRAINT "MeasureReporter_pkey" PRIMARY KEY ("measureId","partnerId")
);

-- CreateTable
CREATE TABLE "MeasureContact" (
    "coalitionId" UUID NOT NULL,
    "measureId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MeasureContact_pkey" PRIMARY KEY ("measureId","partnerId")
);

-- CreateTable
CREATE TABLE "MeasurePeriod" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "measureId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "startsOn" TEXT NOT NULL,
    "endsOn" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MeasurePeriod_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasureRequest" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "measureId" UUID NOT NULL,
    "periodId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "timeZone" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "lateAt" TIMESTAMPTZ(3) NOT NULL,
    "lockAt" TIMESTAMPTZ(3),
    "noticeOn" TEXT NOT NULL,
    "submittedAt" TIMESTAMPTZ(3),
    "excusedAt" TIMESTAMPTZ(3),
    "excusedById" UUID,
    "excuse" TEXT NOT NULL DEFAULT '',
    "step" TEXT,
    "steppedOn" TEXT,
    "nextAt" TIMESTAMPTZ(3),

    CONSTRAINT "MeasureRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasureSubmission" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "current" BOOLEAN DEFAULT true,
    "given" JSONB,
    "note" TEXT NOT NULL DEFAULT '',
    "link" TEXT NOT NULL DEFAULT '',
    "way" TEXT NOT NULL,
    "memberId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MeasureSubmission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasureReminder" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "memberId" UUID,
    "message" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MeasureReminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasureAsk" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "days" INTEGER,
    "text" TEXT NOT NULL DEFAULT '',
    "memberId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "open" BOOLEAN DEFAULT true,
    "answeredById" UUID,
    "answeredAt" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "MeasureAsk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasureDraft" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "entries" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "takenAt" TIMESTAMPTZ(3),

    CONSTRAINT "MeasureDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasureUse" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "measureId" UUID NOT NULL,
    "who" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "notedById" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3),

    CONSTRAINT "MeasureUse_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasurePublication" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "periodId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "shown" JSONB NOT NULL,
    "basis" JSONB NOT NULL,
    "toldAt" TIMESTAMPTZ(3),

    CONSTRAINT "MeasurePublication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasureToken" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "madeById" UUID,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MeasureToken_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Measure_coalitionId_nameKey_key" ON "Measure"("coalitionId", "nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "Measure_coalitionId_id_key" ON "Measure"("coalitionId", "id");

-- CreateIndex
CREATE INDEX "MeasureContact_coalitionId_memberId_idx" ON "MeasureContact"("coalitionId", "memberId");

-- CreateIndex
CREATE INDEX "MeasureContact_coalitionId_partnerId_idx" ON "MeasureContact"("coalitionId", "partnerId");

-- CreateIndex
CREATE INDEX "MeasurePeriod_measureId_startsOn_idx" ON "MeasurePeriod"("measureId", "startsOn");

-- CreateIndex
CREATE UNIQUE INDEX "MeasurePeriod_measureId_key_key" ON "MeasurePeriod"("measureId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "MeasurePeriod_coalitionId_id_key" ON "MeasurePeriod"("coalitionId", "id");

-- CreateIndex
CREATE INDEX "MeasureRequest_coalitionId_nextAt_partnerId_idx" ON "MeasureRequest"("coalitionId", "nextAt", "partnerId");

-- CreateIndex
CREATE INDEX "MeasureRequest_coalitionId_partnerId_nextAt_idx" ON "MeasureRequest"("coalitionId", "partnerId", "nextAt");

-- CreateIndex
CREATE INDEX "MeasureRequest_coalitionId_partnerId_dueAt_idx" ON "MeasureRequest"("coalitionId", "partnerId", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "MeasureRequest_periodId_partnerId_key" ON "MeasureRequest"("periodId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "MeasureRequest_coalitionId_id_key" ON "MeasureRequest"("coalitionId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MeasureSubmission_requestId_version_key" ON "MeasureSubmission"("requestId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "MeasureSubmission_requestId_current_key" ON "MeasureSubmission"("requestId", "current");

-- CreateIndex
CREATE INDEX "MeasureReminder_coalitionId_message_idx" ON "MeasureReminder"("coalitionId", "message");

-- CreateIndex
CREATE UNIQUE INDEX "MeasureReminder_requestId_step_key" ON "MeasureReminder"("requestId", "step");

-- CreateIndex
CREATE INDEX "MeasureAsk_coalitionId_open_idx" ON "MeasureAsk"("coalitionId", "open");

-- CreateIndex
CREATE UNIQUE INDEX "MeasureAsk_requestId_kind_open_key" ON "MeasureAsk"("requestId", "kind", "open");

-- CreateIndex
CREATE INDEX "MeasureDraft_coalitionId_createdAt_idx" ON "MeasureDraft"("coalitionId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "MeasureUse_measureId_who_what_key" ON "MeasureUse"("measureId", "who", "what");

-- CreateIndex
CREATE INDEX "MeasurePublication_coalitionId_toldAt_idx" ON "MeasurePublication"("coalitionId", "toldAt");

-- CreateIndex
CREATE UNIQUE INDEX "MeasurePublication_periodId_number_key" ON "MeasurePublication"("periodId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "MeasureToken_hash_key" ON "MeasureToken"("hash");

-- CreateIndex
CREATE INDEX "MeasureToken_coalitionId_revokedAt_idx" ON "MeasureToken"("coalitionId", "revokedAt");

-- AddForeignKey
ALTER TABLE "MeasureReporter" ADD CONSTRAINT "MeasureReporter_coalitionId_measureId_fkey" FOREIGN KEY ("coalitionId", "measureId") REFERENCES "Measure"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasureContact" ADD CONSTRAINT "MeasureContact_coalitionId_measureId_fkey" FOREIGN KEY ("coalitionId", "measureId") REFERENCES "Measure"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasurePeriod" ADD CONSTRAINT "MeasurePeriod_coalitionId_measureId_fkey" FOREIGN KEY ("coalitionId", "measureId") REFERENCES "Measure"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasureRequest" ADD CONSTRAINT "MeasureRequest_coalitionId_periodId_fkey" FOREIGN KEY ("coalitionId", "periodId") REFERENCES "MeasurePeriod"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasureSubmission" ADD CONSTRAINT "MeasureSubmission_coalitionId_requestId_fkey" FOREIGN KEY ("coalitionId", "requestId") REFERENCES "MeasureRequest"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasureReminder" ADD CONSTRAINT "MeasureReminder_coalitionId_requestId_fkey" FOREIGN KEY ("coalitionId", "requestId") REFERENCES "MeasureRequest"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasureAsk" ADD CONSTRAINT "MeasureAsk_coalitionId_requestId_fkey" FOREIGN KEY ("coalitionId", "requestId") REFERENCES "MeasureRequest"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasureUse" ADD CONSTRAINT "MeasureUse_coalitionId_measureId_fkey" FOREIGN KEY ("coalitionId", "measureId") REFERENCES "Measure"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasurePublication" ADD CONSTRAINT "MeasurePublication_coalitionId_periodId_fkey" FOREIGN KEY ("coalitionId", "periodId") REFERENCES "MeasurePeriod"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
