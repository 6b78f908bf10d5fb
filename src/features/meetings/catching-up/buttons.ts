import { aside, refused, shown } from '../../../core/answer.ts';
import { card, heading, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import { minutesView } from '../holding/cards.ts';
import { listItems } from '../meeting/items/store.ts';
import { countGuests } from '../meeting/store.ts';
import { say } from '../words.ts';
import { caughtUpPress, objectPress, packCard, packPress } from './cards.ts';
import { findMissed, objectionForm } from './forms.ts';
import { recordCaughtUp } from './store.ts';

export const caughtUpButton = defineButton({
  press: caughtUpPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const found = await findMissed(tools, asked, payload.guest);
    if ('answer' in found) return found;
    const { of, guest } = found;
    await tools.write(async (writing) => {
      if (await recordCaughtUp(writing, coalition.id, guest.id, member.id))
        await tools.delivery.redraw(writing, {
          coalitionId: coalition.id,
          view: minutesView,
          subject: of.id,
        });
    });
    const words = { guest: guest.name, title: of.title };
    return shown(card(heading(of.title), paragraph(say(reader, 'caught-up', words))));
  },
});

/** The pack again, from one's own list. */
export const packButton = defineButton({
  press: packPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, reader, now } = asked;
    const found = await findMissed(tools, asked, payload.guest);
    if ('answer' in found) return found;
    const { of, guest } = found;
    const items = await listItems(tools.database, of, ['decision', 'action', 'note']);
    const here = await countGuests(tools.database, of, { present: true });
    return aside(packCard(of, { items, guest, here, coalition, reader, now }));
  },
});

export const objectButton = defineButton({
  press: objectPress,
  answers: 'with-form',
  by: 'member',
  async run({ payload, asked, tools }) {
    const found = await findMissed(tools, asked, payload.guest);
    if ('answer' in found) return found;
    const { objectionsUntil } = found.of;
    if (!objectionsUntil || objectionsUntil <= asked.now)
      return refused('meetings.objection-late', say(asked.reader, 'refused.objection-late', { until: '' }));
    return { answer: 'form', form: openForm(objectionForm, say, asked.reader, payload) };
  },
});
