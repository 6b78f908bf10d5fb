-- AlterTable
ALTER TABLE "AgreementVersion" ADD COLUMN     "decisionId" UUID;

-- AlterTable
ALTER TABLE "DecisionFollowUp" ADD COLUMN     "assignee" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "dueAt" TIMESTAMPTZ(3),
ADD COLUMN     "memberId" UUID;

-- AlterTable
ALTER TABLE "Outgoing" ADD COLUMN     "byItself" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "why" JSONB;

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

-- DropTable
DROP TABLE "Pace";

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
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],

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
CREATE TABLE "TagRhythm" (
    "coalitionId" UUID NOT NULL,
    "tagKey" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "idealDays" INTEGER NOT NULL,
    "longestDays" INTEGER NOT NULL,

    CONSTRAINT "TagRhythm_pkey" PRIMARY KEY ("coalitionId","tagKey")
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
CREATE TABLE "SharedPace" (
    "key" TEXT NOT NULL,
    "freeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SharedPace_pkey" PRIMARY KEY ("key")
);

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
CREATE TABLE "RoleGroup" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "roleId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "ref" TEXT,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "waitUntil" TIMESTAMPTZ(3),
    "takenUntil" TIMESTAMPTZ(3),

    CONSTRAINT "RoleGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleGroupAccount" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "accountRef" TEXT NOT NULL,
    "byHand" BOOLEAN NOT NULL DEFAULT false,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "RoleGroupAccount_pkey" PRIMARY KEY ("id")
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

-- CreateIndex
CREATE INDEX "OutreachMessage_coalitionId_memberId_at_idx" ON "OutreachMessage"("coalitionId", "memberId", "at");

-- CreateIndex
CREATE INDEX "RoleGroup_coalitionId_idx" ON "RoleGroup"("coalitionId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGroup_roleId_workspaceId_key" ON "RoleGroup"("roleId", "workspaceId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGroup_workspaceId_ref_key" ON "RoleGroup"("workspaceId", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGroupAccount_groupId_accountRef_key" ON "RoleGroupAccount"("groupId", "accountRef");

-- CreateIndex
CREATE INDEX "SlackPicture_teamId_uploadedAt_idx" ON "SlackPicture"("teamId", "uploadedAt");

-- CreateIndex
CREATE INDEX "DecisionFollowUp_coalitionId_memberId_idx" ON "DecisionFollowUp"("coalitionId", "memberId");

-- CreateIndex
CREATE INDEX "Outreach_coalitionId_partnerId_state_idx" ON "Outreach"("coalitionId", "partnerId", "state");

-- CreateIndex
CREATE INDEX "Outreach_coalitionId_state_idx" ON "Outreach"("coalitionId", "state");

-- CreateIndex
CREATE INDEX "Outreach_messageId_idx" ON "Outreach"("messageId");

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

-- AddForeignKey
ALTER TABLE "RoleGroupAccount" ADD CONSTRAINT "RoleGroupAccount_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "RoleGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;
