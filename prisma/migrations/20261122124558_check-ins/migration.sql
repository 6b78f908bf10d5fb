-- AlterTable
ALTER TABLE "Care" ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Outgoing" ADD COLUMN     "byItself" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "why" JSONB;

-- CreateTable
CREATE TABLE "TagRhythm" (
    "coalitionId" UUID NOT NULL,
    "tagKey" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "idealDays" INTEGER NOT NULL,
    "longestDays" INTEGER NOT NULL,

    CONSTRAINT "TagRhythm_pkey" PRIMARY KEY ("coalitionId","tagKey")
);
