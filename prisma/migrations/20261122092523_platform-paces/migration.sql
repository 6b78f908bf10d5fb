-- DropTable
DROP TABLE "Pace";

-- CreateTable
CREATE TABLE "SharedPace" (
    "key" TEXT NOT NULL,
    "freeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SharedPace_pkey" PRIMARY KEY ("key")
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
CREATE INDEX "SlackPicture_teamId_uploadedAt_idx" ON "SlackPicture"("teamId", "uploadedAt");
