-- AlterTable
ALTER TABLE "Posting" ADD COLUMN     "redrawAt" TIMESTAMPTZ(3);

-- Only these two say something of the person, so whoever was marked for anything else is tried again.
UPDATE "Account" SET "unreachableSince" = NULL, "unreachableWhy" = NULL
WHERE "unreachableWhy" NOT IN ('direct-messages-closed', 'gone');
