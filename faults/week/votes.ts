import { type Act, kept, opensAndFills, pressesOn } from './acts.ts';
import type { Coalition } from './coalition.ts';

const marks = ['Yes', 'No', 'Abstain'] as const;
const openFor = 48;

/** A decision: asked on Slack, shared to the others, voted on by everybody, and by some twice. */
export function votes(coalition: Coalition, question: string, from: number): Act[] {
  const { ana, voices, stage } = coalition;
  const title = `Shall we open the ${question}?`;

  async function number(): Promise<number | null> {
    const [row] = await stage.server.rows<{ number: number | null }>(
      `select "number" from "Decision" where "question" = $1 and "state" <> 'draft' order by "number" limit 1`,
      [title],
    );
    return row?.number ?? null;
  }

  const asks: Act = {
    what: `Ana asks about the ${question}`,
    by: ana.onSlack,
    from,
    until: from + 46,
    async attempt() {
      if ((await number()) !== null) return true;
      const asked = { question: title, rule: 'majority', until: '2 days' };
      const preview = await opensAndFills(
        ana.onSlack,
        () => ana.onSlack.runs('decide new', {}, 'form'),
        asked,
        new RegExp(question),
      );
      if (preview.told !== 'as expected') return false;
      await pressesOn(ana.onSlack, title, 'Open it', /open|stands|Decision/i);
      return (await number()) !== null;
    },
  };
  const sharers = [ana.onDiscord, ...voices.filter(({ on }) => on === 'console').slice(0, 1)];
  const shares = sharers.map(
    (by): Act => ({
      what: `the ${question} is shared on ${by.on}`,
      by,
      from: from + 1,
      until: from + openFor,
      async attempt() {
        const decision = await number();
        if (decision === null) return false;
        await by.runs('decide share', { decision }, /./);
        return (await by.sees(title, 'Yes')) !== null;
      },
    }),
  );

  const vote = (at: number, voice: number, mark: (typeof marks)[number]): Act[] => {
    const by = voices[voice];
    if (!by) return [];
    return [
      {
        what: `${by.name} votes about the ${question}`,
        by,
        from: from + at,
        until: from + openFor - 1,
        async attempt() {
          if (!(await by.sees(title, mark))) return false;
          return kept(coalition, `vote/${question}/${by.organisation}`, mark, () =>
            pressesOn(by, title, mark, new RegExp(`${by.organisation} says: ${mark}`)),
          );
        },
      },
    ];
  };
  const first = voices.flatMap((_, at) => vote(3 + at, at, marks[at % marks.length] ?? 'Yes'));
  const second = voices.flatMap((_, at) =>
    at % 2 === 0 ? vote(20 + at, at, marks[(at + 1) % marks.length] ?? 'No') : [],
  );
  return [asks, ...shares, ...first, ...second];
}
