-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "AgreementVersion" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "live" BOOLEAN,
    "time" TEXT NOT NULL,
    "duration" TEXT NOT NULL,
    "gives" TEXT NOT NULL,
    "gets" TEXT NOT NULL,
    "changes" TEXT NOT NULL,
    "staying" TEXT NOT NULL,
    "roles" INTEGER NOT NULL DEFAULT 0,
    "meetings" INTEGER NOT NULL DEFAULT 0,
    "data" INTEGER NOT NULL DEFAULT 0,
    "renewMonths" INTEGER,
    "signingNeeded" BOOLEAN NOT NULL DEFAULT false,
    "draftedById" UUID,
    "draftedAt" TIMESTAMPTZ(3) NOT NULL,
    "adoptedById" UUID,
    "adoptedAt" TIMESTAMPTZ(3),
    "adoptedWhy" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "AgreementVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AgreementComment" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "partnerId" UUID,
    "memberId" UUID,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AgreementComment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AgreementSignature" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "round" INTEGER NOT NULL DEFAULT 1,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "renewsOn" TEXT,

    CONSTRAINT "AgreementSignature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Arrival" (
    "key" TEXT NOT NULL,
    "arrivedAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Arrival_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "accountRef" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsolePerson" (
    "ref" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConsolePerson_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "ConsoleMessage" (
    "id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "change" BIGSERIAL NOT NULL,
    "placeRef" TEXT NOT NULL,
    "visibleTo" TEXT,
    "askedBy" TEXT,
    "about" TEXT,
    "deliveryId" TEXT,
    "card" JSONB NOT NULL,
    "postedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "ConsoleMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "number" INTEGER,
    "question" TEXT NOT NULL,
    "background" TEXT NOT NULL DEFAULT '',
    "options" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "terms" JSONB NOT NULL,
    "charter" JSONB,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "openedById" UUID NOT NULL,
    "placeId" UUID,
    "draftedAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3),
    "closesAt" TIMESTAMPTZ(3) NOT NULL,
    "extendedFrom" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "seed" TEXT NOT NULL DEFAULT '',
    "voices" INTEGER NOT NULL DEFAULT 0,
    "sectors" JSONB NOT NULL DEFAULT '[]',
    "electorateWeight" BIGINT NOT NULL DEFAULT 0,
    "result" JSONB,
    "statement" TEXT NOT NULL DEFAULT '',
    "revisesId" UUID,
    "reviewAt" TIMESTAMPTZ(3),

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DecisionTally" (
    "decisionId" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "open" BOOLEAN NOT NULL,
    "closesAt" TIMESTAMPTZ(3) NOT NULL,
    "answered" INTEGER NOT NULL DEFAULT 0,
    "abstained" INTEGER NOT NULL DEFAULT 0,
    "counts" BIGINT[],
    "sectorAnswered" INTEGER[],
    "sectorAbstained" INTEGER[],

    CONSTRAINT "DecisionTally_pkey" PRIMARY KEY ("decisionId")
);

-- CreateTable
CREATE TABLE "DecisionVoice" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "decisionId" UUID NOT NULL,
    "partnerId" UUID,
    "memberId" UUID,
    "name" TEXT NOT NULL,
    "sector" TEXT NOT NULL,
    "weight" INTEGER NOT NULL DEFAULT 1,
    "answered" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "DecisionVoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DecisionBallot" (
    "voiceId" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "decisionId" UUID NOT NULL,
    "mark" JSONB NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "castById" UUID NOT NULL,
    "byPrimary" BOOLEAN NOT NULL,
    "spoken" BOOLEAN NOT NULL DEFAULT false,
    "castAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DecisionBallot_pkey" PRIMARY KEY ("voiceId")
);

-- CreateTable
CREATE TABLE "DecisionUrn" (
    "decisionId" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "ballots" JSONB NOT NULL DEFAULT '{}',
    "reasons" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "DecisionUrn_pkey" PRIMARY KEY ("decisionId")
);

-- CreateTable
CREATE TABLE "DecisionBook" (
    "coalitionId" UUID NOT NULL,
    "lastNumber" INTEGER NOT NULL DEFAULT 0,
    "lastEntry" INTEGER NOT NULL DEFAULT 0,
    "head" TEXT NOT NULL DEFAULT '',
    "charter" JSONB NOT NULL,
    "charterBy" INTEGER,

    CONSTRAINT "DecisionBook_pkey" PRIMARY KEY ("coalitionId")
);

-- CreateTable
CREATE TABLE "DecisionEntry" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "decisionId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DecisionEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DecisionReason" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "decisionId" UUID NOT NULL,
    "voiceId" UUID,
    "memberId" UUID,
    "text" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "DecisionReason_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DecisionFollowUp" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "decisionId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "DecisionFollowUp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lane" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "placeRef" TEXT NOT NULL,
    "openAt" TIMESTAMPTZ(3) NOT NULL,
    "leasedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "Lane_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outgoing" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "laneId" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "card" JSONB NOT NULL,
    "view" TEXT,
    "subject" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "failure" TEXT,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "memberId" UUID,

    CONSTRAINT "Outgoing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Posting" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "laneId" UUID NOT NULL,
    "outgoingId" UUID NOT NULL,
    "messageRef" TEXT NOT NULL,
    "view" TEXT,
    "subject" TEXT,
    "wantedVersion" INTEGER NOT NULL DEFAULT 0,
    "drawnVersion" INTEGER NOT NULL DEFAULT 0,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "goneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Posting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pace" (
    "workspaceId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "freeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Pace_pkey" PRIMARY KEY ("workspaceId","kind")
);

-- CreateTable
CREATE TABLE "DigestSchedule" (
    "coalitionId" UUID NOT NULL,
    "weekday" INTEGER NOT NULL,
    "time" TEXT NOT NULL,
    "whenSilent" TEXT NOT NULL DEFAULT 'card',
    "answerDays" INTEGER NOT NULL DEFAULT 2,
    "issueId" UUID NOT NULL,
    "stoppedAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DigestSchedule_pkey" PRIMARY KEY ("coalitionId")
);

-- CreateTable
CREATE TABLE "DigestPlace" (
    "coalitionId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "placeId" UUID NOT NULL,

    CONSTRAINT "DigestPlace_pkey" PRIMARY KEY ("coalitionId","workspaceId")
);

-- CreateTable
CREATE TABLE "DigestIssue" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "occurrence" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "late" BOOLEAN NOT NULL DEFAULT false,
    "until" TIMESTAMPTZ(3),
    "contents" JSONB,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DigestIssue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DigestDrop" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "issueId" UUID NOT NULL,
    "section" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "memberId" UUID,
    "droppedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DigestDrop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Announcement" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID,
    "memberId" UUID,
    "from" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sameKey" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "issueId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Announcement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SpotlightTurn" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "sector" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "issueId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "openKey" TEXT,
    "askedId" UUID,
    "answeredId" UUID,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "answerBy" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),
    "shownAt" TIMESTAMPTZ(3),
    "working" TEXT NOT NULL DEFAULT '',
    "fits" TEXT NOT NULL DEFAULT '',
    "needs" TEXT NOT NULL DEFAULT '',
    "offers" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "SpotlightTurn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PartnerUpload" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PartnerUpload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PartnerSearch" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "typed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PartnerSearch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JoinDraft" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "accountRef" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "languages" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "JoinDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PartnerTold" (
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PartnerTold_pkey" PRIMARY KEY ("coalitionId","partnerId")
);

-- CreateTable
CREATE TABLE "Coalition" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "timeZone" TEXT NOT NULL,
    "workingDays" INTEGER[] DEFAULT ARRAY[1, 2, 3, 4, 5]::INTEGER[],
    "holidays" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "quietHoursStart" TEXT NOT NULL DEFAULT '18:00',
    "quietHoursEnd" TEXT NOT NULL DEFAULT '08:00',
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Coalition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Workspace" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),
    "unlinkedAt" TIMESTAMPTZ(3),
    "unlinkedRef" TEXT,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Partner" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "does" TEXT NOT NULL DEFAULT '',
    "sector" TEXT NOT NULL DEFAULT '',
    "sizeBand" TEXT NOT NULL DEFAULT '',
    "area" TEXT NOT NULL DEFAULT '',
    "offers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "needs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "languages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "spotlightConsent" BOOLEAN NOT NULL DEFAULT true,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3) NOT NULL,
    "freshnessAskedAt" TIMESTAMPTZ(3),
    "leftAt" TIMESTAMPTZ(3),
    "searchKeys" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "roleTitles" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "roleKeys" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "Partner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID,
    "name" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "languages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "quietHoursStart" TEXT,
    "quietHoursEnd" TEXT,
    "awayUntil" TIMESTAMPTZ(3),
    "joinedAt" TIMESTAMPTZ(3) NOT NULL,
    "leftAt" TIMESTAMPTZ(3),
    "mergedIntoId" UUID,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "reachedAt" TIMESTAMPTZ(3),
    "unreachableSince" TIMESTAMPTZ(3),
    "unreachableWhy" TEXT,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Place" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntroProgramme" (
    "coalitionId" UUID NOT NULL,
    "cadence" TEXT NOT NULL,
    "groupSize" INTEGER NOT NULL,
    "who" TEXT NOT NULL,
    "placeId" UUID,
    "previewHours" INTEGER NOT NULL,
    "firstOn" TEXT NOT NULL,
    "weights" JSONB NOT NULL,
    "newAgainAfter" INTEGER,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "stoppedAt" TIMESTAMPTZ(3),

    CONSTRAINT "IntroProgramme_pkey" PRIMARY KEY ("coalitionId")
);

-- CreateTable
CREATE TABLE "IntroRound" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "sendAt" TIMESTAMPTZ(3) NOT NULL,
    "draw" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'announced',
    "sentAt" TIMESTAMPTZ(3),
    "satOut" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "IntroRound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntroGroup" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "roundId" UUID,
    "origin" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "locked" BOOLEAN NOT NULL DEFAULT false,
    "ruled" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "IntroGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntroSeat" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "outcomeLine" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "IntroSeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntroPair" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "oneId" UUID NOT NULL,
    "otherId" UUID NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 0,
    "lastRound" INTEGER NOT NULL DEFAULT 0,
    "lastAt" TIMESTAMPTZ(3),
    "metAt" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "IntroPair_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntroChoice" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "takesPart" BOOLEAN,
    "inChannel" BOOLEAN NOT NULL DEFAULT false,
    "pausedUntil" TIMESTAMPTZ(3),
    "restedAt" TIMESTAMPTZ(3),
    "countedFrom" TIMESTAMPTZ(3),
    "buddy" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "IntroChoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntroSkip" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "date" TEXT NOT NULL,

    CONSTRAINT "IntroSkip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntroAvoid" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,

    CONSTRAINT "IntroAvoid_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntroRule" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "oneId" UUID NOT NULL,
    "otherId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "IntroRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntroWelcome" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IntroWelcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LinkCode" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "heldBy" TEXT,

    CONSTRAINT "LinkCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LinkTries" (
    "account" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LinkTries_pkey" PRIMARY KEY ("account")
);

-- CreateTable
CREATE TABLE "LongWork" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "cancelAsked" BOOLEAN NOT NULL DEFAULT false,
    "result" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LongWork_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Outreach" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "partnerId" UUID,
    "kind" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "card" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "wantedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Outreach_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Touchpoint" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "memberId" UUID,
    "partnerId" UUID,
    "kind" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "outreachId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Touchpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffTask" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" JSONB NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "StaffTask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Role" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "titleKey" TEXT,
    "purpose" TEXT NOT NULL,
    "tasks" TEXT NOT NULL DEFAULT '',
    "minutesAMonth" INTEGER NOT NULL,
    "termMonths" INTEGER,
    "skills" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "serves" TEXT NOT NULL DEFAULT '',
    "leastSeats" INTEGER NOT NULL,
    "mostSeats" INTEGER NOT NULL,
    "buddyId" UUID,
    "standInId" UUID,
    "state" TEXT NOT NULL,
    "proposedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "arrivals" INTEGER NOT NULL DEFAULT 0,
    "offers" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleTerm" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "roleId" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "alternateId" UUID,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endsOn" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "endedHow" TEXT,
    "handOver" TEXT NOT NULL DEFAULT '',
    "current" BOOLEAN DEFAULT true,

    CONSTRAINT "RoleTerm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleSeatOffer" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "roleId" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "passedById" UUID,
    "handOver" TEXT NOT NULL DEFAULT '',
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "settledHow" TEXT,
    "current" BOOLEAN DEFAULT true,

    CONSTRAINT "RoleSeatOffer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleWaiting" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "roleId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "arrival" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoleWaiting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleWork" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "roleId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "notedById" UUID,
    "doneOn" TEXT NOT NULL,
    "minutes" INTEGER,
    "notedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoleWork_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleSettings" (
    "coalitionId" UUID NOT NULL,
    "acceptHours" INTEGER NOT NULL DEFAULT 48,
    "offersAQuarter" INTEGER NOT NULL DEFAULT 1,
    "offersAWeek" INTEGER NOT NULL DEFAULT 10,
    "heavyMinutes" INTEGER NOT NULL DEFAULT 1200,

    CONSTRAINT "RoleSettings_pkey" PRIMARY KEY ("coalitionId")
);

-- CreateTable
CREATE TABLE "RoleJobOffer" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "occurrence" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "declinedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RoleJobOffer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Roster" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Roster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RosterPartner" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "rosterId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RosterPartner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RosterDuty" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "rosterId" UUID NOT NULL,
    "heldOn" TEXT NOT NULL,
    "partnerId" UUID NOT NULL,
    "memberId" UUID,
    "current" BOOLEAN DEFAULT true,

    CONSTRAINT "RosterDuty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SlackInstallation" (
    "teamId" TEXT NOT NULL,
    "teamName" TEXT NOT NULL,
    "enterpriseId" TEXT,
    "botUserId" TEXT NOT NULL,
    "scopes" TEXT[],
    "botToken" TEXT,
    "refreshToken" TEXT,
    "tokenExpiresAt" TIMESTAMPTZ(3),
    "installedBy" TEXT NOT NULL,
    "installedAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SlackInstallation_pkey" PRIMARY KEY ("teamId")
);

-- CreateTable
CREATE TABLE "SlackInstallState" (
    "hash" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SlackInstallState_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "SlackReceipt" (
    "deliveryId" TEXT NOT NULL,
    "teamId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "ts" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SlackReceipt_pkey" PRIMARY KEY ("deliveryId")
);

-- CreateTable
CREATE TABLE "Timer" (
    "id" UUID NOT NULL,
    "coalitionId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "occurrence" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,

    CONSTRAINT "Timer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Heartbeat" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Heartbeat_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "ClockOffset" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "offsetMs" BIGINT NOT NULL,

    CONSTRAINT "ClockOffset_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AgreementVersion_coalitionId_number_key" ON "AgreementVersion"("coalitionId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "AgreementVersion_coalitionId_live_key" ON "AgreementVersion"("coalitionId", "live");

-- CreateIndex
CREATE INDEX "AgreementComment_versionId_at_idx" ON "AgreementComment"("versionId", "at");

-- CreateIndex
CREATE INDEX "AgreementSignature_coalitionId_partnerId_idx" ON "AgreementSignature"("coalitionId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "AgreementSignature_versionId_partnerId_round_key" ON "AgreementSignature"("versionId", "partnerId", "round");

-- CreateIndex
CREATE INDEX "Arrival_arrivedAt_idx" ON "Arrival"("arrivedAt");

-- CreateIndex
CREATE INDEX "Draft_createdAt_idx" ON "Draft"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ConsoleMessage_position_key" ON "ConsoleMessage"("position");

-- CreateIndex
CREATE UNIQUE INDEX "ConsoleMessage_change_key" ON "ConsoleMessage"("change");

-- CreateIndex
CREATE UNIQUE INDEX "ConsoleMessage_deliveryId_key" ON "ConsoleMessage"("deliveryId");

-- CreateIndex
CREATE INDEX "ConsoleMessage_placeRef_position_idx" ON "ConsoleMessage"("placeRef", "position");

-- CreateIndex
CREATE INDEX "Decision_coalitionId_state_closesAt_idx" ON "Decision"("coalitionId", "state", "closesAt");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_coalitionId_number_key" ON "Decision"("coalitionId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_coalitionId_id_key" ON "Decision"("coalitionId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Decision_revisesId_key" ON "Decision"("revisesId");

-- CreateIndex
CREATE INDEX "DecisionVoice_partnerId_idx" ON "DecisionVoice"("partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "DecisionVoice_decisionId_partnerId_key" ON "DecisionVoice"("decisionId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "DecisionVoice_decisionId_memberId_key" ON "DecisionVoice"("decisionId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "DecisionVoice_coalitionId_id_key" ON "DecisionVoice"("coalitionId", "id");

-- CreateIndex
CREATE INDEX "DecisionBallot_decisionId_idx" ON "DecisionBallot"("decisionId");

-- CreateIndex
CREATE UNIQUE INDEX "DecisionBallot_coalitionId_voiceId_key" ON "DecisionBallot"("coalitionId", "voiceId");

-- CreateIndex
CREATE INDEX "DecisionEntry_decisionId_idx" ON "DecisionEntry"("decisionId");

-- CreateIndex
CREATE UNIQUE INDEX "DecisionEntry_coalitionId_position_key" ON "DecisionEntry"("coalitionId", "position");

-- CreateIndex
CREATE INDEX "DecisionReason_decisionId_idx" ON "DecisionReason"("decisionId");

-- CreateIndex
CREATE INDEX "DecisionFollowUp_decisionId_idx" ON "DecisionFollowUp"("decisionId");

-- CreateIndex
CREATE UNIQUE INDEX "Lane_workspaceId_placeRef_key" ON "Lane"("workspaceId", "placeRef");

-- CreateIndex
CREATE INDEX "Outgoing_laneId_state_position_idx" ON "Outgoing"("laneId", "state", "position");

-- CreateIndex
CREATE INDEX "Outgoing_state_laneId_idx" ON "Outgoing"("state", "laneId");

-- CreateIndex
CREATE UNIQUE INDEX "Outgoing_coalitionId_key_key" ON "Outgoing"("coalitionId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Posting_outgoingId_key" ON "Posting"("outgoingId");

-- CreateIndex
CREATE INDEX "Posting_coalitionId_view_subject_idx" ON "Posting"("coalitionId", "view", "subject");

-- CreateIndex
CREATE INDEX "Posting_stale_laneId_idx" ON "Posting"("stale", "laneId");

-- CreateIndex
CREATE UNIQUE INDEX "DigestSchedule_issueId_key" ON "DigestSchedule"("issueId");

-- CreateIndex
CREATE INDEX "DigestIssue_coalitionId_state_dueAt_idx" ON "DigestIssue"("coalitionId", "state", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "DigestIssue_coalitionId_occurrence_key" ON "DigestIssue"("coalitionId", "occurrence");

-- CreateIndex
CREATE UNIQUE INDEX "DigestIssue_coalitionId_week_key" ON "DigestIssue"("coalitionId", "week");

-- CreateIndex
CREATE UNIQUE INDEX "DigestDrop_issueId_section_key_key" ON "DigestDrop"("issueId", "section", "key");

-- CreateIndex
CREATE INDEX "Announcement_coalitionId_state_createdAt_idx" ON "Announcement"("coalitionId", "state", "createdAt");

-- CreateIndex
CREATE INDEX "Announcement_coalitionId_partnerId_createdAt_idx" ON "Announcement"("coalitionId", "partnerId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Announcement_coalitionId_sameKey_key" ON "Announcement"("coalitionId", "sameKey");

-- CreateIndex
CREATE UNIQUE INDEX "SpotlightTurn_openKey_key" ON "SpotlightTurn"("openKey");

-- CreateIndex
CREATE INDEX "SpotlightTurn_coalitionId_round_idx" ON "SpotlightTurn"("coalitionId", "round");

-- CreateIndex
CREATE UNIQUE INDEX "SpotlightTurn_issueId_partnerId_key" ON "SpotlightTurn"("issueId", "partnerId");

-- CreateIndex
CREATE INDEX "PartnerUpload_coalitionId_createdAt_idx" ON "PartnerUpload"("coalitionId", "createdAt");

-- CreateIndex
CREATE INDEX "PartnerSearch_coalitionId_createdAt_idx" ON "PartnerSearch"("coalitionId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "PartnerSearch_coalitionId_typed_key" ON "PartnerSearch"("coalitionId", "typed");

-- CreateIndex
CREATE INDEX "JoinDraft_coalitionId_createdAt_idx" ON "JoinDraft"("coalitionId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "JoinDraft_workspaceId_accountRef_key" ON "JoinDraft"("workspaceId", "accountRef");

-- CreateIndex
CREATE INDEX "Workspace_coalitionId_idx" ON "Workspace"("coalitionId");

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_platform_ref_key" ON "Workspace"("platform", "ref");

-- CreateIndex
CREATE INDEX "Partner_coalitionId_sector_idx" ON "Partner"("coalitionId", "sector");

-- CreateIndex
CREATE INDEX "Partner_coalitionId_joinedAt_idx" ON "Partner"("coalitionId", "joinedAt");

-- CreateIndex
CREATE INDEX "Partner_searchKeys_idx" ON "Partner" USING GIN ("searchKeys");

-- CreateIndex
CREATE INDEX "Partner_roleKeys_idx" ON "Partner" USING GIN ("roleKeys");

-- CreateIndex
CREATE UNIQUE INDEX "Partner_coalitionId_nameKey_key" ON "Partner"("coalitionId", "nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "Partner_coalitionId_id_key" ON "Partner"("coalitionId", "id");

-- CreateIndex
CREATE INDEX "Member_coalitionId_partnerId_idx" ON "Member"("coalitionId", "partnerId");

-- CreateIndex
CREATE INDEX "Member_mergedIntoId_idx" ON "Member"("mergedIntoId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_coalitionId_id_key" ON "Member"("coalitionId", "id");

-- CreateIndex
CREATE INDEX "Account_memberId_idx" ON "Account"("memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_workspaceId_ref_key" ON "Account"("workspaceId", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "Place_workspaceId_ref_key" ON "Place"("workspaceId", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "Place_coalitionId_id_key" ON "Place"("coalitionId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "IntroRound_coalitionId_date_key" ON "IntroRound"("coalitionId", "date");

-- CreateIndex
CREATE UNIQUE INDEX "IntroRound_coalitionId_number_key" ON "IntroRound"("coalitionId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "IntroRound_coalitionId_id_key" ON "IntroRound"("coalitionId", "id");

-- CreateIndex
CREATE INDEX "IntroGroup_coalitionId_roundId_idx" ON "IntroGroup"("coalitionId", "roundId");

-- CreateIndex
CREATE UNIQUE INDEX "IntroGroup_coalitionId_key_key" ON "IntroGroup"("coalitionId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "IntroGroup_coalitionId_id_key" ON "IntroGroup"("coalitionId", "id");

-- CreateIndex
CREATE INDEX "IntroSeat_coalitionId_memberId_idx" ON "IntroSeat"("coalitionId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "IntroSeat_groupId_partnerId_key" ON "IntroSeat"("groupId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "IntroSeat_groupId_memberId_key" ON "IntroSeat"("groupId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "IntroPair_coalitionId_oneId_otherId_key" ON "IntroPair"("coalitionId", "oneId", "otherId");

-- CreateIndex
CREATE UNIQUE INDEX "IntroChoice_coalitionId_memberId_key" ON "IntroChoice"("coalitionId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "IntroSkip_coalitionId_memberId_date_key" ON "IntroSkip"("coalitionId", "memberId", "date");

-- CreateIndex
CREATE UNIQUE INDEX "IntroAvoid_coalitionId_memberId_partnerId_key" ON "IntroAvoid"("coalitionId", "memberId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "IntroRule_coalitionId_oneId_otherId_key" ON "IntroRule"("coalitionId", "oneId", "otherId");

-- CreateIndex
CREATE UNIQUE INDEX "IntroWelcome_coalitionId_partnerId_key" ON "IntroWelcome"("coalitionId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "LinkCode_hash_key" ON "LinkCode"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "LinkCode_memberId_kind_key" ON "LinkCode"("memberId", "kind");

-- CreateIndex
CREATE INDEX "LinkTries_since_idx" ON "LinkTries"("since");

-- CreateIndex
CREATE INDEX "LongWork_coalitionId_state_idx" ON "LongWork"("coalitionId", "state");

-- CreateIndex
CREATE INDEX "Outreach_coalitionId_memberId_state_idx" ON "Outreach"("coalitionId", "memberId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Outreach_coalitionId_memberId_feature_subject_key" ON "Outreach"("coalitionId", "memberId", "feature", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "Touchpoint_outreachId_key" ON "Touchpoint"("outreachId");

-- CreateIndex
CREATE INDEX "Touchpoint_coalitionId_partnerId_at_idx" ON "Touchpoint"("coalitionId", "partnerId", "at");

-- CreateIndex
CREATE INDEX "Touchpoint_coalitionId_memberId_at_idx" ON "Touchpoint"("coalitionId", "memberId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "StaffTask_coalitionId_kind_subject_key" ON "StaffTask"("coalitionId", "kind", "subject");

-- CreateIndex
CREATE INDEX "Role_coalitionId_state_idx" ON "Role"("coalitionId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Role_coalitionId_titleKey_key" ON "Role"("coalitionId", "titleKey");

-- CreateIndex
CREATE INDEX "RoleTerm_coalitionId_current_partnerId_idx" ON "RoleTerm"("coalitionId", "current", "partnerId");

-- CreateIndex
CREATE INDEX "RoleTerm_coalitionId_endedAt_idx" ON "RoleTerm"("coalitionId", "endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "RoleTerm_roleId_seat_current_key" ON "RoleTerm"("roleId", "seat", "current");

-- CreateIndex
CREATE UNIQUE INDEX "RoleTerm_roleId_partnerId_current_key" ON "RoleTerm"("roleId", "partnerId", "current");

-- CreateIndex
CREATE UNIQUE INDEX "RoleSeatOffer_roleId_number_key" ON "RoleSeatOffer"("roleId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "RoleSeatOffer_roleId_seat_current_key" ON "RoleSeatOffer"("roleId", "seat", "current");

-- CreateIndex
CREATE UNIQUE INDEX "RoleSeatOffer_roleId_partnerId_current_key" ON "RoleSeatOffer"("roleId", "partnerId", "current");

-- CreateIndex
CREATE INDEX "RoleWaiting_coalitionId_partnerId_idx" ON "RoleWaiting"("coalitionId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleWaiting_roleId_partnerId_key" ON "RoleWaiting"("roleId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleWaiting_roleId_arrival_key" ON "RoleWaiting"("roleId", "arrival");

-- CreateIndex
CREATE INDEX "RoleWork_coalitionId_doneOn_idx" ON "RoleWork"("coalitionId", "doneOn");

-- CreateIndex
CREATE INDEX "RoleWork_coalitionId_notedAt_idx" ON "RoleWork"("coalitionId", "notedAt");

-- CreateIndex
CREATE UNIQUE INDEX "RoleWork_roleId_partnerId_doneOn_key" ON "RoleWork"("roleId", "partnerId", "doneOn");

-- CreateIndex
CREATE UNIQUE INDEX "RoleJobOffer_coalitionId_partnerId_occurrence_key" ON "RoleJobOffer"("coalitionId", "partnerId", "occurrence");

-- CreateIndex
CREATE UNIQUE INDEX "Roster_coalitionId_nameKey_key" ON "Roster"("coalitionId", "nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "RosterPartner_rosterId_partnerId_key" ON "RosterPartner"("rosterId", "partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "RosterDuty_rosterId_heldOn_current_key" ON "RosterDuty"("rosterId", "heldOn", "current");

-- CreateIndex
CREATE UNIQUE INDEX "RosterDuty_rosterId_heldOn_partnerId_key" ON "RosterDuty"("rosterId", "heldOn", "partnerId");

-- CreateIndex
CREATE INDEX "SlackInstallState_createdAt_idx" ON "SlackInstallState"("createdAt");

-- CreateIndex
CREATE INDEX "SlackReceipt_receivedAt_idx" ON "SlackReceipt"("receivedAt");

-- CreateIndex
CREATE INDEX "Timer_doneAt_dueAt_idx" ON "Timer"("doneAt", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Timer_coalitionId_kind_subject_occurrence_key" ON "Timer"("coalitionId", "kind", "subject", "occurrence");

-- AddForeignKey
ALTER TABLE "AgreementComment" ADD CONSTRAINT "AgreementComment_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "AgreementVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgreementSignature" ADD CONSTRAINT "AgreementSignature_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "AgreementVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionTally" ADD CONSTRAINT "DecisionTally_decisionId_fkey" FOREIGN KEY ("decisionId") REFERENCES "Decision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionVoice" ADD CONSTRAINT "DecisionVoice_coalitionId_decisionId_fkey" FOREIGN KEY ("coalitionId", "decisionId") REFERENCES "Decision"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionBallot" ADD CONSTRAINT "DecisionBallot_coalitionId_voiceId_fkey" FOREIGN KEY ("coalitionId", "voiceId") REFERENCES "DecisionVoice"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionUrn" ADD CONSTRAINT "DecisionUrn_decisionId_fkey" FOREIGN KEY ("decisionId") REFERENCES "Decision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionFollowUp" ADD CONSTRAINT "DecisionFollowUp_coalitionId_decisionId_fkey" FOREIGN KEY ("coalitionId", "decisionId") REFERENCES "Decision"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Outgoing" ADD CONSTRAINT "Outgoing_laneId_fkey" FOREIGN KEY ("laneId") REFERENCES "Lane"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Posting" ADD CONSTRAINT "Posting_laneId_fkey" FOREIGN KEY ("laneId") REFERENCES "Lane"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Posting" ADD CONSTRAINT "Posting_outgoingId_fkey" FOREIGN KEY ("outgoingId") REFERENCES "Outgoing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DigestDrop" ADD CONSTRAINT "DigestDrop_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "DigestIssue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartnerTold" ADD CONSTRAINT "PartnerTold_coalitionId_partnerId_fkey" FOREIGN KEY ("coalitionId", "partnerId") REFERENCES "Partner"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Workspace" ADD CONSTRAINT "Workspace_coalitionId_fkey" FOREIGN KEY ("coalitionId") REFERENCES "Coalition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Partner" ADD CONSTRAINT "Partner_coalitionId_fkey" FOREIGN KEY ("coalitionId") REFERENCES "Coalition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_coalitionId_fkey" FOREIGN KEY ("coalitionId") REFERENCES "Coalition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_coalitionId_partnerId_fkey" FOREIGN KEY ("coalitionId", "partnerId") REFERENCES "Partner"("coalitionId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_coalitionId_fkey" FOREIGN KEY ("coalitionId") REFERENCES "Coalition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_coalitionId_memberId_fkey" FOREIGN KEY ("coalitionId", "memberId") REFERENCES "Member"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Place" ADD CONSTRAINT "Place_coalitionId_fkey" FOREIGN KEY ("coalitionId") REFERENCES "Coalition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Place" ADD CONSTRAINT "Place_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IntroGroup" ADD CONSTRAINT "IntroGroup_coalitionId_roundId_fkey" FOREIGN KEY ("coalitionId", "roundId") REFERENCES "IntroRound"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IntroSeat" ADD CONSTRAINT "IntroSeat_coalitionId_groupId_fkey" FOREIGN KEY ("coalitionId", "groupId") REFERENCES "IntroGroup"("coalitionId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleTerm" ADD CONSTRAINT "RoleTerm_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleSeatOffer" ADD CONSTRAINT "RoleSeatOffer_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleWaiting" ADD CONSTRAINT "RoleWaiting_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleWork" ADD CONSTRAINT "RoleWork_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RosterPartner" ADD CONSTRAINT "RosterPartner_rosterId_fkey" FOREIGN KEY ("rosterId") REFERENCES "Roster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RosterDuty" ADD CONSTRAINT "RosterDuty_rosterId_fkey" FOREIGN KEY ("rosterId") REFERENCES "Roster"("id") ON DELETE CASCADE ON UPDATE CASCADE;
