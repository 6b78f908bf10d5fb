import { type Act, kept } from './acts.ts';
import type { Coalition } from './coalition.ts';

/** Words of their own, so that each is found again in the digest: `Fair 3 of the Clinic`. */
export const announcementOf = (organisation: string, number: number) =>
  `Fair ${number} of the ${organisation}`;

/** Everybody has things told in the digest of Thursday morning, up to some hours before. */
export function announcements(coalition: Coalition, each: number): Act[] {
  return coalition.voices.flatMap((by, at) =>
    Array.from({ length: each }, (_, index): Act => {
      const text = announcementOf(by.organisation, index + 1);
      return {
        what: `${by.name} announces “${text}”`,
        by,
        from: 14 + at + 12 * index,
        until: 68,
        attempt: () =>
          kept(coalition, `announcement/${text}`, 'in', () =>
            by.runs('digest announce', { text }, /In the next digest/),
          ),
      };
    }),
  );
}
