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

-- CreateIndex
CREATE INDEX "RoleGroup_coalitionId_idx" ON "RoleGroup"("coalitionId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGroup_roleId_workspaceId_key" ON "RoleGroup"("roleId", "workspaceId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGroup_workspaceId_ref_key" ON "RoleGroup"("workspaceId", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGroupAccount_groupId_accountRef_key" ON "RoleGroupAccount"("groupId", "accountRef");

-- AddForeignKey
ALTER TABLE "RoleGroupAccount" ADD CONSTRAINT "RoleGroupAccount_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "RoleGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;
