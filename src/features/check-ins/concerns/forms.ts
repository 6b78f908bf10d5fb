import { randomBytes } from 'node:crypto';
import { mistaken, refused, secretly, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, optional, paragraph as paragraphField, text, wholeNumber } from '../../../core/field.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { memberField } from '../../../identity/fields.ts';
import { findMember } from '../../../identity/store.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { codeOf, parseCode } from '../../decisions/feature.ts';
import { say } from '../words.ts';
import {
  boxFormPress,
  concernCard,
  lastPage,
  ownThreadCard,
  raiseFormPress,
  receiptCard,
  replyFormPress,
  threadFormPress,
} from './cards.ts';
import { type Entry, handedOn, keyOf, mostWords, withThread, withWords } from './rules.ts';
import { addWords, type Concern, changeBox, findBox, findConcern, openBox, openConcern } from './store.ts';

const words = () => paragraphField({ max: mostWords });

/** Says to one side of a thread with names that there is something new in it. */
async function tell(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { to: Member; concern: Concern; own: Entry['by']; from: string },
): Promise<void> {
  const { to, concern, own, from } = of;
  await tools.outreach.reach(writing, {
    coalition,
    member: to.id,
    kind: 'neutral',
    confidential: true,
    from: 'check-ins',
    subject: `concern:${concern.id}:${concern.entries.length}`,
    matters: 'much',
    why: say(coalition, 'why.concern'),
    card: concernCard(to, concern, own, from),
  });
}

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
      const thread = { to: to.id, entries, untold: true, closed: false };
      await tools.write(async (writing) => {
        await openBox(writing, coalition.id, localDate(writing.now, coalition.timeZone));
        await changeBox(writing, coalition.id, (box) => withThread(box, key, thread));
      });
      return secretly(receiptCard(reader, receipt));
    }
    await tools.write(async (writing) => {
      const of = { toId: to.id, fromId: member.id, words: values.words };
      const id = await openConcern(writing, coalition.id, of);
      const concern = await findConcern(writing.tx, coalition.id, id, to.id);
      if (concern) await tell(writing, tools, coalition, { to, concern, own: 'chosen', from: member.name });
    });
    const concerns = code('/checkin concerns');
    return secretly(card(paragraph(say(reader, 'raised.named', { person: to.name, concerns }))));
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
      await addWords(writing, coalition.id, concern.id, { by, words: values.words });
      const next = await findConcern(writing.tx, coalition.id, concern.id, member.id);
      if (!next) return;
      const own = by === 'chosen' ? 'raiser' : 'chosen';
      await tell(writing, tools, coalition, { to: other, concern: next, own, from: member.name });
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

/**
 * The raiser looks, and goes on, by nothing but the code; all of it by one form, because a button would say which
 * thread was theirs. Where whoever was chosen has left, somebody else can be, who then reads all that was said.
 */
export const threadForm = defineForm({
  press: threadFormPress,
  answers: 'privately',
  by: 'member',
  secret: true,
  fields: {
    code: text({ max: 40 }),
    words: optional(words()),
    page: optional(wholeNumber({ least: 1, most: lastPage })),
    to: optional(memberField()),
  },
  async submit({ values, asked, tools }) {
    const { coalition, member, reader } = asked;
    const receipt = parseCode(values.code);
    const key = receipt && keyOf(coalition.id, receipt);
    const before = key ? (await findBox(tools.database, coalition.id))[key] : undefined;
    if (!key || !before) return refused('check-ins.no-thread', say(reader, 'thread.no-code'));
    const { to, words: said = '' } = values;
    if (to) {
      if (to.id === member.id) return mistaken(say(reader, 'raise.self'));
      const reads = await findMember(tools.database, coalition.id, before.to);
      if (reads) return mistaken(say(reader, 'thread.still-read', { person: reads.name }));
    }
    if (to || said !== '') {
      const entry = { by: 'raiser', words: said } as const;
      await tools.write((writing) =>
        changeBox(writing, coalition.id, (box) => {
          const handed = to ? handedOn(box, key, { from: before.to, to: to.id }) : box;
          return handed && said !== '' ? withWords(handed, key, entry) : handed;
        }),
      );
    }
    const thread = (await findBox(tools.database, coalition.id))[key];
    if (!thread) return refused('check-ins.no-thread', say(reader, 'thread.no-code'));
    const chosen = await findMember(tools.database, coalition.id, thread.to);
    const page = (values.page ?? lastPage) - 1;
    return secretly(ownThreadCard(reader, { thread, chosen: chosen?.name ?? null, page }));
  },
});

export const concernForms = [raiseForm, replyForm, boxForm, threadForm];
