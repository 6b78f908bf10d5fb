import type { StaffTasks } from '../core/ports.ts';

/** Tasks for staff, kept in the database; `/coalition tasks` shows them. */
export const staffTasks: StaffTasks = {
  async open({ tx, now }, { coalitionId, kind, subject, text }) {
    const words = JSON.parse(JSON.stringify(text));
    await tx.staffTask.upsert({
      where: { coalitionId_kind_subject: { coalitionId, kind, subject } },
      create: { coalitionId, kind, subject, text: words, openedAt: now },
      update: { text: words, doneAt: null },
    });
  },

  async close({ tx, now }, { coalitionId, kind, ...which }) {
    const subject =
      'subject' in which
        ? which.subject
        : 'subjects' in which
          ? { in: [...which.subjects] }
          : { startsWith: which.subjectPrefix };
    await tx.staffTask.updateMany({
      where: { coalitionId, kind, subject, doneAt: null },
      data: { doneAt: now },
    });
  },
};
