import type { Act } from './acts.ts';
import { announcements } from './announcements.ts';
import type { Coalition } from './coalition.ts';
import { figures } from './figures.ts';
import { joins } from './joins.ts';
import { poll } from './poll.ts';
import { seats } from './seats.ts';
import { votes } from './votes.ts';

/** The week ends when every deadline in it has passed: decisions closed, the digest out, the meeting over. */
export const weekHours = 8 * 24;

/** Everything that people do in the week. @param isLong a week with more of everything */
export function planWeek(coalition: Coalition, start: Date, isLong: boolean): Act[] {
  return [
    ...joins(coalition),
    ...votes(coalition, 'second hub', 14),
    ...seats(coalition, 'Host', 12),
    ...poll(coalition, 'Winter plan', 16, start),
    ...figures(coalition, 20, start),
    ...announcements(coalition, isLong ? 4 : 1),
    ...(isLong
      ? [
          ...votes(coalition, 'bicycle shed', 40),
          ...votes(coalition, 'tool library', 74),
          ...votes(coalition, 'night kitchen', 100),
          ...seats(coalition, 'Treasurer', 50),
          ...poll(coalition, 'Spring plan', 60, new Date(start.getTime() + 3 * 86_400_000)),
        ]
      : []),
  ];
}
