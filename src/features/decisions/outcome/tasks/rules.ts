const dayMs = 86_400_000;

/** When somebody is reminded of a task: a day before it is due, or when it is due if that day has begun. */
export function reminderAt(dueAt: Date, now: Date): Date {
  const before = new Date(dueAt.getTime() - dayMs);
  return before > now ? before : dueAt;
}
