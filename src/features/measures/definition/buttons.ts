import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { planOpening } from '../periods/jobs.ts';
import { stopAsking } from '../reminding/jobs.ts';
import { say } from '../words.ts';
import { closePress, editPress, listPress, showPress, startPress } from './cards.ts';
import { listFor } from './commands.ts';
import { basicsForm, careForm, figuresForm, rhythmForm, showMeasure } from './forms.ts';
import { type Measure, typedBreakdowns, typedTerms } from './rules.ts';
import { closeMeasure, findMeasure, listReporters, startMeasure } from './store.ts';

const show = defineButton({
  press: showPress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) => showMeasure(asked, tools, payload.measure),
});

const turn = defineButton({
  press: listPress,
  answers: 'by-updating',
  by: 'member',
  run: async ({ payload, asked, tools }) => shown(await listFor(asked, tools, Math.max(0, payload.page))),
});

const typedRange = ({ least, most }: Measure) =>
  least === null && most === null ? '' : `${least ?? ''} to ${most ?? ''}`.trim();

const edit = defineButton({
  press: editPress,
  answers: 'with-form',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const it = await findMeasure(tools.database, coalition.id, payload.measure);
    if (!it || it.state === 'closed') return refused('measures.gone', say(reader, 'refused.gone'));
    const to = { measure: it.id };
    switch (payload.part) {
      case 'basics': {
        const { name, purpose, calculation: how, kind, unit } = it;
        return {
          answer: 'form',
          form: openForm(basicsForm, say, reader, to, { name, purpose, how, kind, unit }),
        };
      }
      case 'figures': {
        const reporters = it.everyPartner ? [] : await listReporters(tools.database, coalition.id, it.id);
        const values = {
          direction: it.direction,
          choices: it.choices.join(', '),
          breakdowns: typedBreakdowns(it.breakdowns),
          range: typedRange(it),
          who: reporters.map(({ name }) => name).join(', '),
        };
        return { answer: 'form', form: openForm(figuresForm, say, reader, to, values) };
      }
      case 'rhythm': {
        const { frequency, startMonth, terms } = it.calendar;
        const values = {
          often: frequency,
          calendar: frequency === 'terms' ? typedTerms(terms) : startMonth === 1 ? '' : String(startMonth),
          due: String(it.dueDays),
          grace: String(it.graceDays),
          locks: it.lockDays === null ? '' : String(it.lockDays),
        };
        return { answer: 'form', form: openForm(rhythmForm, say, reader, to, values) };
      }
      case 'care': {
        const values = {
          smallest: String(it.smallest),
          lead: it.leadDays === null ? '' : String(it.leadDays),
          time: it.dueTime,
        };
        return { answer: 'form', form: openForm(careForm, say, reader, to, values) };
      }
      default:
        return payload.part satisfies never;
    }
  },
});

const start = defineButton({
  press: startPress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const known = await findMeasure(tools.database, coalition.id, payload.measure);
    if (known?.kind === 'choice' && known.choices.length < 2)
      return refused('measures.choices', say(reader, 'problem.choices-missing'));
    const began = await tools.write(async (writing) => {
      if (!(await startMeasure(writing, coalition.id, payload.measure))) return null;
      const measure = await findMeasure(writing.tx, coalition.id, payload.measure);
      const period = measure && (await planOpening(writing, tools, coalition, measure));
      return { name: measure?.name ?? '', period: period?.key ?? null };
    });
    if (!began) return showMeasure(asked, tools, payload.measure, say(reader, 'start.before'));
    const { name, period } = began;
    const told =
      period === null
        ? say(reader, 'start.no-period', { name })
        : say(reader, 'start.done', { name, period });
    return showMeasure(asked, tools, payload.measure, told);
  },
});

const close = defineButton({
  press: closePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    const measure = await findMeasure(tools.database, coalition.id, payload.measure);
    const closed = await tools.write(async (writing) => {
      if (!(await closeMeasure(writing, coalition.id, payload.measure))) return false;
      await stopAsking(writing, tools, coalition, payload.measure);
      return true;
    });
    if (!measure || !closed) return refused('measures.gone', say(reader, 'refused.gone'));
    return shown(card(paragraph(say(reader, 'close.done', { name: measure.name }))));
  },
});

export const definitionButtons = [show, turn, edit, start, close];
