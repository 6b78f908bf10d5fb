-- AlterTable
ALTER TABLE "PulseAnswer" ADD COLUMN     "toldToId" UUID;

-- AlterTable
ALTER TABLE "PulseUrn" ADD COLUMN     "closed" BOOLEAN NOT NULL DEFAULT false;

-- What was told to one person alone stays with whoever looks after the partner now.
UPDATE "PulseAnswer" a SET "toldToId" = c."ownerId"
FROM "Care" c WHERE c."coalitionId" = a."coalitionId" AND c."partnerId" = a."partnerId";

-- A round whose silence was looked at is over.
UPDATE "PulseUrn" u SET "closed" = true
WHERE EXISTS (
  SELECT 1 FROM "Timer" t
  WHERE t."coalitionId" = u."coalitionId" AND t."kind" = 'check-ins.pulse-silent'
    AND t."occurrence" = u."round" AND t."doneAt" IS NOT NULL
);
