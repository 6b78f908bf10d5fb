-- CreateTable
CREATE TABLE "Meeting" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "number" INTEGER,
    "title" TEXT NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "minutes" INTEGER NOT NULL,
    "place" TEXT NOT NULL DEFAULT '',
    "timeZone" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "small" BOOLEAN NOT NULL DEFAULT false,
    "quorum" INTEGER NOT NULL DEFAULT 0,
    "spread" BOOLEAN NOT NULL DEFAULT false,
    "closing" TEXT NOT NULL DEFAULT 'deadline',
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "objectionDays" INTEGER NOT NULL DEFAULT 0,
    "reminders" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "typed" TEXT NOT NULL DEFAULT '',
    "doubts" JSONB NOT NULL DEFAULT '[]',
    "invitedIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "requiredIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "sectors" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "guestCount" INTEGER NOT NULL DEFAULT 0,
    "answered" INTEGER NOT NULL DEFAULT 0,
    "complete" INTEGER NOT NULL DEFAULT 0,
    "lookingAgain" INTEGER NOT NULL DEFAULT 0,
    "date" TEXT,
    "time" TEXT,
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "openedById" UUID NOT NULL,
    "placeId" UUID,
    "seriesId" UUID,
    "occurrence" TEXT,
    "draftedAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "heldAt" TIMESTAMPTZ(3),
    "objectionsUntil" TIMESTAMPTZ(3),
    "whyCancelled" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeetingSlot" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "time" TEXT,
    "minutes" INTEGER NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "sameKey" TEXT NOT NULL,
    "suggestedBy" TEXT NOT NULL DEFAULT '',
    "yes" INTEGER NOT NULL DEFAULT 0,
    "maybe" INTEGER NOT NULL DEFAULT 0,
    "no" INTEGER NOT NULL DEFAULT 0,
    "requiredIn" INTEGER NOT NULL DEFAULT 0,
    "sectorIn" INTEGER[],
    "hardship" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "MeetingSlot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeetingGuest" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "partnerId" UUID,
    "memberId" UUID,
    "name" TEXT NOT NULL,
    "sector" TEXT NOT NULL DEFAULT '',
    "required" BOOLEAN NOT NULL DEFAULT false,
    "timeZone" TEXT NOT NULL,
    "quietStart" TEXT NOT NULL,
    "quietEnd" TEXT NOT NULL,
    "took" INTEGER NOT NULL DEFAULT 0,
    "answerCount" INTEGER NOT NULL DEFAULT 0,
    "lookAgain" BOOLEAN NOT NULL DEFAULT false,
    "answeredById" UUID,
    "answeredAt" TIMESTAMPTZ(3),
    "standIn" TEXT NOT NULL DEFAULT '',
    "rsvp" TEXT NOT NULL DEFAULT '',
    "present" BOOLEAN NOT NULL DEFAULT false,
    "hardship" INTEGER,
    "caughtUpAt" TIMESTAMPTZ(3),
    "caughtUpById" UUID,

    CONSTRAINT "MeetingGuest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeetingAnswer" (
    "guestId" UUID NOT NULL,
    "slotId" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "answer" TEXT NOT NULL,
    "hardship" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "MeetingAnswer_pkey" PRIMARY KEY ("guestId","slotId")
);

-- CreateTable
CREATE TABLE "MeetingItem" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "partnerId" UUID,
    "byId" UUID,
    "dueOn" TEXT,
    "decision" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MeetingItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeetingReminder" (
    "coalitionId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "minutes" INTEGER NOT NULL,

    CONSTRAINT "MeetingReminder_pkey" PRIMARY KEY ("meetingId","memberId")
);

-- CreateTable
CREATE TABLE "MeetingSeries" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "number" INTEGER,
    "title" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "place" TEXT NOT NULL DEFAULT '',
    "timeZone" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "said" TEXT NOT NULL,
    "startsOn" TEXT NOT NULL,
    "time" TEXT NOT NULL,
    "onHolidays" TEXT NOT NULL,
    "quorum" INTEGER NOT NULL,
    "except" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "placeId" UUID,
    "openedById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "stoppedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MeetingSeries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeetingBook" (
    "coalitionId" UUID NOT NULL,
    "lastNumber" INTEGER NOT NULL DEFAULT 0,
    "lastSeries" INTEGER NOT NULL DEFAULT 0,
    "objectionDays" INTEGER NOT NULL DEFAULT 0,
    "reminders" INTEGER[] DEFAULT ARRAY[1440, 60]::INTEGER[],

    CONSTRAINT "MeetingBook_pkey" PRIMARY KEY ("coalitionId")
);

-- CreateIndex
CREATE INDEX "Meeting_coalitionId_state_startsAt_idx" ON "Meeting"("coalitionId", "state", "startsAt");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_coalitionId_number_key" ON "Meeting"("coalitionId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_coalitionId_id_key" ON "Meeting"("coalitionId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_seriesId_occurrence_key" ON "Meeting"("seriesId", "occurrence");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingSlot_meetingId_position_key" ON "MeetingSlot"("meetingId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingSlot_meetingId_sameKey_key" ON "MeetingSlot"("meetingId", "sameKey");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingSlot_coalitionId_id_key" ON "MeetingSlot"("coalitionId", "id");

-- CreateIndex
CREATE INDEX "MeetingGuest_coalitionId_partnerId_idx" ON "MeetingGuest"("coalitionId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingGuest_meetingId_partnerId_key" ON "MeetingGuest"("meetingId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingGuest_meetingId_memberId_key" ON "MeetingGuest"("meetingId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingGuest_coalitionId_id_key" ON "MeetingGuest"("coalitionId", "id");

-- CreateIndex
CREATE INDEX "MeetingAnswer_slotId_answer_idx" ON "MeetingAnswer"("slotId", "answer");

-- CreateIndex
CREATE INDEX "MeetingAnswer_meetingId_idx" ON "MeetingAnswer"("meetingId");

-- CreateIndex
CREATE INDEX "MeetingItem_meetingId_kind_at_idx" ON "MeetingItem"("meetingId", "kind", "at");

-- CreateIndex
CREATE INDEX "MeetingItem_coalitionId_kind_at_idx" ON "MeetingItem"("coalitionId", "kind", "at");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingSeries_coalitionId_number_key" ON "MeetingSeries"("coalitionId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "MeetingSeries_coalitionId_id_key" ON "MeetingSeries"("coalitionId", "id");

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_coalitionId_seriesId_fkey" FOREIGN KEY ("coalitionId", "seriesId") REFERENCES "MeetingSeries"("coalitionId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingSlot" ADD CONSTRAINT "MeetingSlot_coalitionId_meetingId_fkey" FOREIGN KEY ("coalitionId", "meetingId") REFERENCES "Meeting"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingGuest" ADD CONSTRAINT "MeetingGuest_coalitionId_meetingId_fkey" FOREIGN KEY ("coalitionId", "meetingId") REFERENCES "Meeting"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingAnswer" ADD CONSTRAINT "MeetingAnswer_coalitionId_guestId_fkey" FOREIGN KEY ("coalitionId", "guestId") REFERENCES "MeetingGuest"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingAnswer" ADD CONSTRAINT "MeetingAnswer_coalitionId_slotId_fkey" FOREIGN KEY ("coalitionId", "slotId") REFERENCES "MeetingSlot"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingItem" ADD CONSTRAINT "MeetingItem_coalitionId_meetingId_fkey" FOREIGN KEY ("coalitionId", "meetingId") REFERENCES "Meeting"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
