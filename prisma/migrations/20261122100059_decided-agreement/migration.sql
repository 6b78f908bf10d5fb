-- AlterTable
ALTER TABLE "AgreementVersion" ADD COLUMN     "decisionId" UUID;

-- AlterTable
ALTER TABLE "DecisionFollowUp" ADD COLUMN     "assignee" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "dueAt" TIMESTAMPTZ(3),
ADD COLUMN     "memberId" UUID;

-- CreateIndex
CREATE INDEX "DecisionFollowUp_coalitionId_memberId_idx" ON "DecisionFollowUp"("coalitionId", "memberId");
