-- AlterTable
ALTER TABLE "MeetingSeries" DROP COLUMN "why",
ADD COLUMN     "startedAt" TIMESTAMPTZ(3),
ALTER COLUMN "number" DROP NOT NULL;
