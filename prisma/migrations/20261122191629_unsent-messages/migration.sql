-- DropIndex
DROP INDEX "Outgoing_laneId_state_position_idx";

-- DropIndex
DROP INDEX "Outgoing_state_laneId_idx";

-- DropIndex
DROP INDEX "Posting_stale_laneId_idx";

-- CreateIndex
CREATE INDEX "Outgoing_laneId_idx" ON "Outgoing"("laneId");

-- CreateIndex
CREATE INDEX "Outgoing_unsent_idx" ON "Outgoing"("laneId", "position") WHERE (state in ('waiting', 'paused', 'sending'));

-- CreateIndex
CREATE INDEX "Posting_laneId_idx" ON "Posting"("laneId");

-- CreateIndex
CREATE INDEX "Posting_stale_idx" ON "Posting"("laneId") WHERE ("stale" = true);
