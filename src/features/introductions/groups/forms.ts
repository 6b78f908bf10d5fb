import { aside, done, refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { paragraph as longText, text } from '../../../core/field.ts';
import { newId } from '../../../core/ids.ts';
import { findTime, lengthField, timesField } from '../../meetings/feature.ts';
import { say } from '../words.ts';
import { lineForm, noteCard, noteForm, sayPeople, timeForm } from './cards.ts';
import { reach } from './jobs.ts';
import { staying } from './rules.ts';
import { findGroup, recordOutcomeLine } from './store.ts';

const noteLength = 1000;
const lineLength = 200;

/** A message to the others of an introduction, through the door: whatever platform each of them is on. */
export const writeForm = defineForm({
  press: noteForm,
  answers: 'privately',
  by: 'member',
  fields: { words: longText({ max: noteLength }) },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const group = await findGroup(tools.database, coalition.id, payload.group);
    const me = group && staying(group.seats).find((seat) => seat.memberId === member.id);
    if (!group || !me || group.state !== 'sent')
      return refused('introductions.gone', say(reader, 'group.gone'));
    const others = staying(group.seats).filter((seat) => seat !== me);
    const noteId = newId();
    await tools.write(async (writing) => {
      for (const other of others) {
        await reach(tools, writing, coalition, other, {
          kind: 'neutral',
          subject: `note:${noteId}`,
          why: say(coalition, 'why.note'),
          card: noteCard(other, group, me, values.words, now),
        });
      }
    });
    return shown(card(paragraph(say(reader, 'note.sent', { people: sayPeople(reader, others) }))));
  },
});

export const outcomeLineForm = defineForm({
  press: lineForm,
  answers: 'privately',
  by: 'member',
  fields: { line: text({ max: lineLength }) },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const group = await findGroup(tools.database, coalition.id, payload.group);
    if (!group?.seats.some((seat) => seat.memberId === member.id)) return done;
    await tools.write(async (writing) => {
      await recordOutcomeLine(writing, coalition.id, payload.group, member.id, values.line);
      const subject = `introduction:${payload.group}`;
      await tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject });
    });
    return aside(card(paragraph(say(reader, 'line.kept'))));
  },
});

/** A time for those who were introduced, without ceremony: the first one that suits all of them. */
export const findTimeForm = defineForm({
  press: timeForm,
  answers: 'privately',
  by: 'member',
  fields: { times: timesField, length: lengthField },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const group = await findGroup(tools.database, coalition.id, payload.group);
    const together = group?.state === 'sent' ? staying(group.seats) : [];
    if (!together.some((seat) => seat.memberId === member.id))
      return refused('introductions.gone', say(reader, 'group.gone'));
    return findTime(tools, asked, {
      people: together.map(({ memberId }) => memberId),
      title: say.plain(coalition, 'time.title', { people: together.map(({ name }) => name).join(', ') }),
      times: values.times,
      minutes: values.length,
    });
  },
});
