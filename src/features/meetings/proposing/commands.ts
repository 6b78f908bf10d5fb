import { aside, refused, shown } from '../../../core/answer.ts';
import { card, note, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { draftsCard } from '../../../core/drafts-card.ts';
import { wholeNumber } from '../../../core/field.ts';
import { openForm } from '../../../core/open-form.ts';
import { findPlaceHere } from '../../../identity/place-here.ts';
import { say } from '../words.ts';
import { draftPress } from './cards.ts';
import { remindersField } from './fields.ts';
import { proposeForm } from './forms.ts';
import { usualMinutes } from './rules.ts';
import { listDrafts, recordBook } from './store.ts';

export const propose = defineCommand({
  name: 'meet propose',
  answers: 'with-form',
  by: 'member',
  async run({ asked, tools }) {
    if (asked.member.standing === 'guest')
      return refused('meetings.guest', say(asked.reader, 'refused.guest'));
    const place = await findPlaceHere(asked, tools);
    if (!place) return refused('meetings.no-place', say(asked.reader, 'refused.no-place'));
    const usual = { length: `${usualMinutes} min` };
    return { answer: 'form', form: openForm(proposeForm, say, asked.reader, { place }, usual) };
  },
});

/** What is being prepared: one's own drafts, and for staff everybody's. */
export const drafts = defineCommand({
  name: 'meet drafts',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, member, reader } = asked;
    const by = member.standing === 'backbone' ? {} : { by: member.id };
    const found = await listDrafts(tools.database, coalition.id, { ...by, most: 10 });
    if (found.length === 0) return aside(card(paragraph(say(reader, 'drafts.nothing'))));
    const all = found.map(({ id, title: name }) => ({ name, opens: draftPress.encode({ meeting: id }) }));
    return shown(draftsCard(say.plain(reader, 'drafts.title'), all));
  },
});

/** What holds for all meetings proposed from now on. */
export const rules = defineCommand({
  name: 'meet rules',
  answers: 'privately',
  by: 'backbone',
  options: { objections: wholeNumber({ least: 0, most: 60 }), reminders: remindersField },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const book = { objectionDays: options.objections, reminders: options.reminders };
    await tools.write((writing) => recordBook(writing, coalition.id, book));
    const before = options.reminders.map((minutes) => `${minutes} min`).join(', ');
    return shown(
      card(
        paragraph(say(reader, 'rules.kept', { days: options.objections })),
        note(say(reader, 'rules.reminders', { count: options.reminders.length, before })),
      ),
    );
  },
});
