import { type Act, kept, opensAndFills } from './acts.ts';
import type { Coalition } from './coalition.ts';

const dayMs = 86_400_000;

/** A figure asked of everybody, given by everybody. */
export function figures(coalition: Coalition, from: number, start: Date): Act[] {
  const { ana, voices, stage } = coalition;
  const due = new Date(start.getTime() + 9 * dayMs).toISOString().slice(0, 10);
  const isAsked = async () => (await stage.server.rows(`select from "MeasureRequest"`)).length > 0;

  const asks: Act = {
    what: 'Ana asks for the meals',
    by: ana.onSlack,
    from,
    until: from + 48,
    async attempt() {
      if (await isAsked()) return true;
      await ana.onSlack.runs('data request', { measure: 'Meals', due }, /./);
      return isAsked();
    },
  };
  const gives = voices.map((by, at): Act => {
    const figure = String(100 + 7 * at);
    return {
      what: `${by.name} gives the figure`,
      by,
      from: from + 4 + 2 * at,
      until: from + 100,
      async attempt() {
        const label = 'Give the figure';
        const list = await by.runs('data due', {}, /Meals/);
        if (list.told !== 'as expected' || !list.seen.buttons.includes(label)) return false;
        const { seen } = list;
        return kept(coalition, `figure/Meals/${by.organisation}`, figure, () =>
          opensAndFills(by, () => by.presses(label, seen, 'form'), { figure }, new RegExp(`${figure} meals`)),
        );
      },
    };
  });
  return [asks, ...gives];
}
