import { type Act, kept, opensAndFills, pressesOn } from './acts.ts';
import type { Coalition } from './coalition.ts';

const answers = ['Yes', 'If need be', 'No'] as const;
const stored = { Yes: 'yes', 'If need be': 'maybe', No: 'no' } as const;
const hourMs = 3_600_000;

/** A meeting: proposed on Slack with two times, answered by everybody where they are, and settled. */
export function poll(coalition: Coalition, about: string, from: number, start: Date): Act[] {
  const { ana, voices, stage } = coalition;
  const at = (hours: number) =>
    `${new Date(start.getTime() + hours * hourMs).toISOString().slice(0, 10)} 15:00`;
  const times = `${at(5 * 24)}\n${at(6 * 24)}`;
  const meeting = async () => {
    const [row] = await stage.server.rows<{ number: number | null; state: string }>(
      `select "number", "state" from "Meeting" where "title" = $1 and "state" <> 'draft' order by "number" limit 1`,
      [about],
    );
    return row ?? null;
  };

  const proposes: Act = {
    what: `Ana proposes the meeting ${about}`,
    by: ana.onSlack,
    from,
    until: from + 46,
    async attempt() {
      if (await meeting()) return true;
      const proposal = {
        about,
        why: 'We agree who opens when.',
        times,
        length: '60 min',
        where: 'Town hall',
      };
      const read = await opensAndFills(
        ana.onSlack,
        () => ana.onSlack.runs('meet propose', {}, 'form'),
        proposal,
        /Read it back/,
      );
      if (read.told !== 'as expected') return false;
      await pressesOn(ana.onSlack, `Read it back: ${about}`, 'Send it', /./);
      return (await meeting()) !== null;
    },
  };
  const saying = voices.flatMap((by, voice): Act[] =>
    [0, 1].map((slot) => {
      const answer = answers[(voice + slot) % 2] ?? 'Yes';
      return {
        what: `${by.name} answers for time ${slot + 1} of ${about}`,
        by,
        from: from + 4 + voice + 8 * slot,
        until: from + 60,
        async attempt() {
          const label = `${slot + 1}: ${answer}`;
          if (!(await by.sees(about, label))) return false;
          return kept(coalition, `answer/${about}/${slot + 1}/${by.organisation}`, stored[answer], () =>
            pressesOn(by, about, label, /you said/i),
          );
        },
      };
    }),
  );
  const chooses: Act = {
    what: `Ana settles ${about}`,
    by: ana.onSlack,
    from: from + 62,
    until: from + 96,
    async attempt() {
      const found = await meeting();
      if (!found?.number) return false;
      if (found.state !== 'open') return true;
      const choice = await ana.onSlack.runs('meet choose', { meeting: found.number }, /Choose a time/);
      const [first] = choice.seen?.buttons ?? [];
      if (choice.told !== 'as expected' || !first) return false;
      await ana.onSlack.presses(first, choice.seen, /settled|Not everybody/);
      await pressesOn(ana.onSlack, about, 'Take it all the same', /settled/);
      return (await meeting())?.state !== 'open';
    },
  };
  return [proposes, ...saying, chooses];
}
