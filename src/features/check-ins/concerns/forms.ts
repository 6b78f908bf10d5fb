import { randomBytes } from 'node:crypto';
import { mistaken, refused, secretly, shown } from '../../../core/answer.ts';
import { card, heading, note, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, optional, paragraph as paragraphField, text } from '../../../core/field.ts';
import { code } from '../../../core/text.ts';
import { memberField } from '../../../identity/fields.ts';
import { findMember } from '../../../identity/store.ts';
import { codeOf, parseCode } from '../../decisions/feature.ts';
import { say } from '../words.ts';
import {
  boxFormPress,
  concernCard,
  entryList,
  raiseFormPress,
  receiptCard,
  replyFormPress,
  threadFormPress,
} from './cards.ts';
import { planTelling } from './jobs.ts';
import { keyOf, mostWords, withThread, withWords } from './rules.ts';
import { addWords, changeBox, findBox, findConcern, openConcern } from './store.ts';

const words = () => paragraphField({ max: mostWords });

/**
 * Something that is not right, to somebody the raiser chooses. Without a name nothing that lasts joins the two: one row
 * for all threads, no time in it, and whoever was chosen hears of it the next morning and not at that moment.
 */
export const raiseForm = defineForm({
  press: raiseFormPress,
  answers: 'privately',
  by: 'member',
  secret: true,
  fields: { to: memberField(), words: words(), how: choice(['named', 'secret'], 'raise') },
  async submit({ values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const { to } = values;
    if (to.id === member.id) return mistaken(say(reader, 'raise.self'));
    if (values.how === 'secret') {
      const receipt = codeOf(randomBytes(16));
      const key = keyOf(coalition.id, receipt);
      const entries = [{ by: 'raiser', words: values.words }] as const;
      await tools.write(async (writing) => {
        const thread = { to: to.id, entries, untold: true };
        await changeBox(writing, coalition.id, (box) => withThread(box, key, thread));
        await planTelling(writing, tools, coalition);
      });
      return secretly(receiptCard(reader, receipt));
    }
    await tools.write(async (writing) => {
      const of = { toId: to.id, fromId: member.id, words: values.words };
      const id = await openConcern(writing, coalition.id, of);
      const concern = await findConcern(writing.tx, coalition.id, id, to.id);
      if (!concern) return;
      await tools.outreach.reach(writing, {
        coalition,
        member: to.id,
        kind: 'neutral',
        from: 'check-ins',
        subject: `concern:${id}:1`,
        matters: 'much',
        why: say(coalition, 'why.concern'),
        card: concernCard(to, concern, 'chosen', member.name),
      });
      const subject = `concern:${id}`;
      await tools.contacts.recordReply(writing, { coalitionId: coalition.id, member, subject });
    });
    return secretly(card(paragraph(say(reader, 'raised.named', { person: to.name }))));
  },
});

/** Either side of a thread with names goes on. */
export const replyForm = defineForm({
  press: replyFormPress,
  answers: 'privately',
  by: 'member',
  secret: true,
  fields: { words: words() },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const concern = await findConcern(tools.database, coalition.id, payload.concern, member.id);
    if (!concern) return refused('check-ins.no-thread', say(reader, 'thread.gone'));
    const by = concern.toId === member.id ? 'chosen' : 'raiser';
    const otherId = by === 'chosen' ? concern.fromId : concern.toId;
    const other = otherId && (await findMember(tools.database, coalition.id, otherId));
    if (!other) return refused('check-ins.left', say(reader, 'thread.left'));
    await tools.write(async (writing) => {
      await addWords(writing, coalition.id, concern, { by, words: values.words });
      const next = await findConcern(writing.tx, coalition.id, concern.id, member.id);
      if (!next) return;
      await tools.outreach.reach(writing, {
        coalition,
        member: other.id,
        kind: 'neutral',
        from: 'check-ins',
        subject: `concern:${concern.id}:${next.entries.length}`,
        matters: 'much',
        why: say(coalition, 'why.concern'),
        card: concernCard(other, next, by === 'chosen' ? 'raiser' : 'chosen', member.name),
      });
    });
    return shown(card(paragraph(say(reader, 'thread.sent', { other: other.name }))));
  },
});

/** The chosen person answers somebody without a name, who finds it by their code. */
export const boxForm = defineForm({
  press: boxFormPress,
  answers: 'privately',
  by: 'member',
  secret: true,
  fields: { words: words() },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const said = await tools.write((writing) =>
      changeBox(writing, coalition.id, (box) =>
        box[payload.key]?.to === member.id
          ? withWords(box, payload.key, { by: 'chosen', words: values.words })
          : null,
      ),
    );
    if (!said) return refused('check-ins.no-thread', say(reader, 'thread.gone'));
    return shown(card(paragraph(say(reader, 'thread.boxed'))));
  },
});

/** The raiser looks, and goes on, by nothing but the code. */
export const threadForm = defineForm({
  press: threadFormPress,
  answers: 'privately',
  by: 'member',
  secret: true,
  fields: { code: text({ max: 40 }), words: optional(words()) },
  async submit({ values, asked, tools }) {
    const { coalition, reader } = asked;
    const receipt = parseCode(values.code);
    const key = receipt && keyOf(coalition.id, receipt);
    const said = values.words ?? '';
    if (key && said !== '') {
      await tools.write(async (writing) => {
        const entry = { by: 'raiser', words: said } as const;
        const added = await changeBox(writing, coalition.id, (box) => withWords(box, key, entry));
        if (added) await planTelling(writing, tools, coalition);
      });
    }
    const thread = key ? (await findBox(tools.database, coalition.id))[key] : undefined;
    if (!thread) return refused('check-ins.no-thread', say(reader, 'thread.no-code'));
    const chosen = await findMember(tools.database, coalition.id, thread.to);
    const other = chosen?.name ?? say.plain(reader, 'concerns.gone');
    return secretly(
      card(
        heading(say.plain(reader, 'concern.title')),
        entryList(reader, thread.entries, 'raiser', other),
        note(say(reader, 'thread.how', { thread: code('/checkin thread') })),
      ),
    );
  },
});

export const concernForms = [raiseForm, replyForm, boxForm, threadForm];
