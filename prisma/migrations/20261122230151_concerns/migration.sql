-- AlterTable
ALTER TABLE "ConcernBox" ADD COLUMN     "toldOn" TEXT;

-- AlterTable
ALTER TABLE "Outreach" ADD COLUMN     "confidential" BOOLEAN NOT NULL DEFAULT false;

-- What has gone out about concerns is nobody else's business either.
UPDATE "Outreach" SET "confidential" = true
WHERE "feature" = 'check-ins' AND ("subject" LIKE 'concern:%' OR "subject" LIKE 'box:%');
