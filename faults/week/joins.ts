import { type Act, kept, opensAndFills } from './acts.ts';
import type { Coalition } from './coalition.ts';

/** Everybody joins on the first morning. */
export function joins(coalition: Coalition): Act[] {
  return coalition.voices.map((by, at): Act => {
    const { name, organisation } = by;
    return {
      what: `${name} joins`,
      by,
      from: at,
      until: 60,
      attempt: () =>
        kept(coalition, `partner/${organisation}`, 'joined', () =>
          opensAndFills(
            by,
            () => by.runs('coalition join', {}, 'form'),
            { organisation, standing: 'representative', zone: 'UTC' },
            new RegExp(`(here for|represent) ${organisation}`),
          ),
        ),
    };
  });
}
