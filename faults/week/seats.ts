import { type Act, isDone, kept, opensAndFills, pressesOn } from './acts.ts';
import type { Coalition } from './coalition.ts';

/** A role with two seats: described and posted by staff, taken by whoever comes first; the others wait in line. */
export function seats(coalition: Coalition, title: string, from: number): Act[] {
  const { ana, voices, stage } = coalition;
  const exists = async () =>
    (await stage.server.rows(`select from "Role" where "title" = $1`, [title])).length > 0;

  const describes: Act = {
    what: `Ana describes the role ${title}`,
    by: ana.onSlack,
    from,
    until: from + 46,
    async attempt() {
      if (await exists()) return true;
      const role = { name: title, purpose: 'Opens the door', effort: '1', seats: '2' };
      await opensAndFills(ana.onSlack, () => ana.onSlack.runs('roles new', {}, 'form'), role, /./);
      return exists();
    },
  };
  const posts = [
    { by: ana.onSlack, place: '#general' },
    { by: ana.onDiscord, place: stage.discord.channels.general },
  ].map(
    ({ by, place }): Act => ({
      what: `the role ${title} is posted on ${by.on}`,
      by,
      from: from + 1,
      until: from + 48,
      async attempt() {
        if ((await by.sees(title, 'Give back or leave the line')) !== null) return true;
        return (
          (await exists()) && isDone(by.runs('roles post', { role: title, place }, /posted|stands|card/i))
        );
      },
    }),
  );
  const takers = voices.filter(({ on }) => on !== 'console').slice(0, 4);
  const takes = takers.map(
    (by, at): Act => ({
      what: `${by.name} signs up for ${title}`,
      by,
      from: from + 2 + 3 * at,
      until: from + 60,
      async attempt() {
        const label = (await by.sees(title, 'Take it')) ? 'Take it' : 'Wait for a seat';
        if (!(await by.sees(title, label))) return false;
        return kept(coalition, `sign-up/${title}/${by.organisation}`, 'in', () =>
          pressesOn(by, title, label, /holds|in line/),
        );
      },
    }),
  );
  return [describes, ...posts, ...takes];
}
