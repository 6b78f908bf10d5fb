import { type Answer, aside, done, refused, shown } from '../../src/core/answer.ts';
import type { Asked } from '../../src/core/asked.ts';
import { card, heading, paragraph } from '../../src/core/card.ts';
import {
  defineButton,
  defineCommand,
  defineFeature,
  defineForm,
  type Feature,
  type TimedJob,
} from '../../src/core/command.ts';
import {
  type Field,
  file,
  listOf,
  optional,
  paragraph as paragraphField,
  resolved,
  text,
  wholeNumber,
  yesNo,
} from '../../src/core/field.ts';
import type { MemberId, PlaceId } from '../../src/core/ids.ts';
import { openForm } from '../../src/core/open-form.ts';
import type { View } from '../../src/core/ports.ts';
import { press } from '../../src/core/press.ts';
import { joined } from '../../src/core/text.ts';
import { colour, countCard, everyPart, presses } from './sample-card.ts';
import { say } from './sample-words.ts';

/**
 * A feature that exists for tests only: every part, every field kind, every answer mode, a live card, a timer
 * and a direct message. The adapters' tests all speak to this one.
 */
export function makeSampleFeature(): Feature {
  let count = 1;

  const live: View = {
    id: 'sample-live',
    draw: async (_subject, { reader }) => countCard(reader, count),
  };

  const commands = [
    defineCommand({
      name: 'sample everything',
      bare: true,
      answers: 'privately',
      by: 'anyone',
      run: async ({ asked }) => shown(everyPart(asked.reader, mentionOf(asked))),
    }),
    defineCommand({
      name: 'sample announce',
      answers: 'in-channel',
      by: 'anyone',
      options: {
        title: { ...text({ max: 60 }), suggest: suggestTitles },
        count: optional(wholeNumber({ least: 1, most: 99 })),
        colour: optional(colour),
        loud: optional(yesNo()),
        words: optional(listOf({ most: 3, each: 20 })),
        who: optional(member()),
        where: optional(place()),
      },
      async run({ options, asked: { reader } }) {
        const details = {
          colour: options.colour ?? 'none',
          loud: String(options.loud ?? 'unknown'),
          words: (options.words ?? []).join('+'),
        };
        return shown(
          card(
            heading(say.plain(reader, 'announce.title')),
            paragraph(say(reader, 'announce.kept', { title: options.title, count: options.count ?? 1 })),
            paragraph(say(reader, 'announce.details', details)),
            options.who && paragraph([{ member: options.who.id, name: options.who.name }]),
            options.where && paragraph([{ place: options.where.ref, name: options.where.name }]),
          ),
        );
      },
    }),
    defineCommand({
      name: 'sample form',
      answers: 'with-form',
      by: 'anyone',
      run: async ({ asked }) => openSimple(asked),
    }),
    defineCommand({
      name: 'sample gather',
      answers: 'with-form',
      by: 'visitor',
      run: async ({ asked }) => ({ answer: 'form', form: openForm(gather, say, asked.reader, {}) }),
    }),
    defineCommand({
      name: 'sample live',
      answers: 'privately',
      by: 'visitor',
      options: { where: place() },
      async run({ options, asked, tools }) {
        await tools.write((writing) =>
          tools.delivery.post(writing, {
            why: ['because it is tried'],
            coalitionId: asked.coalition.id,
            to: { place: options.where.id },
            key: `sample-live:${options.where.id}`,
            card: countCard(asked.reader, count),
            live: { view: live, subject: 'count' },
          }),
        );
        return shown(card(paragraph(say(asked.reader, 'live.posted'))));
      },
    }),
    defineCommand({
      name: 'sample remind',
      answers: 'privately',
      by: 'visitor',
      options: { days: wholeNumber({ least: 1, most: 365 }), where: place() },
      async run({ options, asked, tools }) {
        await tools.write((writing) =>
          tools.timers.set(writing, {
            coalitionId: asked.coalition.id,
            kind: 'sample.remind',
            subject: options.where.id,
            occurrence: String(options.days),
            dueAt: new Date(writing.now.getTime() + options.days * 86_400_000),
          }),
        );
        return shown(card(paragraph(say(asked.reader, 'remind.set'))));
      },
    }),
    defineCommand({
      name: 'sample tell',
      answers: 'privately',
      by: 'member',
      options: { who: member() },
      async run({ options, asked, tools }) {
        await tools.write((writing) =>
          tools.delivery.post(writing, {
            coalitionId: asked.coalition.id,
            to: { member: options.who.id },
            key: `sample-tell:${options.who.id}:${writing.now.toISOString()}`,
            card: card(heading(say.plain(asked.reader, 'tell.title'))),
          }),
        );
        return shown(card(paragraph(say(asked.reader, 'tell.sent'))));
      },
    }),
    defineCommand({
      name: 'sample refused',
      answers: 'privately',
      by: 'anyone',
      run: async ({ asked }) => refused('sample.not-today', say(asked.reader, 'refused.why')),
    }),
    defineCommand({
      name: 'sample broken',
      answers: 'privately',
      by: 'anyone',
      run: async () => {
        throw new Error('This command always breaks');
      },
    }),
    defineCommand({
      name: 'sample staff',
      answers: 'privately',
      by: 'backbone',
      run: async ({ asked }) => shown(card(paragraph(say(asked.reader, 'staff.done')))),
    }),
  ];

  const buttons = [
    defineButton({
      press: presses.count,
      answers: 'by-updating',
      by: 'visitor',
      async run({ asked, tools }) {
        count += 1;
        await tools.write((writing) =>
          tools.delivery.redraw(writing, { coalitionId: asked.coalition.id, view: live, subject: 'count' }),
        );
        return done;
      },
    }),
    defineButton({
      press: presses.aside,
      answers: 'by-updating',
      by: 'anyone',
      run: async ({ asked }) => aside(card(paragraph(say(asked.reader, 'press.aside.answer')))),
    }),
    defineButton({ press: presses.vanish, answers: 'by-updating', by: 'anyone', run: async () => done }),
    defineButton({
      press: presses.private,
      answers: 'privately',
      by: 'anyone',
      run: async ({ asked }) => shown(card(paragraph(say(asked.reader, 'press.private.answer')))),
    }),
    defineButton({
      press: presses.loud,
      answers: 'in-channel',
      by: 'anyone',
      run: async ({ asked }) => shown(card(paragraph(say(asked.reader, 'press.loud.answer')))),
    }),
    defineButton({
      press: presses.form,
      answers: 'with-form',
      by: 'anyone',
      run: async ({ asked }) => openSimple(asked),
    }),
    defineButton({
      press: presses.pick,
      answers: 'by-updating',
      by: 'anyone',
      async run({ picked, asked }) {
        return shown(card(paragraph(say(asked.reader, 'pick.answer', { colour: picked.join(', ') }))));
      },
    }),
  ];

  const remind: TimedJob = {
    kind: 'sample.remind',
    async run({ writing, coalition, subject, occurrence, tools }) {
      await tools.delivery.post(writing, {
        why: ['because it is tried'],
        coalitionId: coalition.id,
        to: { place: subject as PlaceId },
        key: `sample-remind:${subject}:${occurrence}`,
        card: card(heading(say.plain(coalition, 'remind.title'))),
      });
    },
  };

  return defineFeature({
    name: 'sample',
    say,
    commands,
    buttons,
    forms: [simple, gather],
    jobs: [remind],
    views: [live],
  });
}

const simple = defineForm({
  press: press('sample.simple', {}),
  answers: 'privately',
  by: 'anyone',
  fields: {
    'title-line': text({ max: 40 }),
    story: optional(paragraphField({ max: 300 })),
    count: wholeNumber({ least: 1, most: 10 }),
    colour,
    loud: optional(yesNo()),
  },
  async submit({ values, asked }) {
    const kept = { title: values['title-line'], count: values.count };
    return shown(card(heading(say.plain(asked.reader, 'simple.kept', kept))));
  },
});

const gather = defineForm({
  press: press('sample.gather', {}),
  answers: 'in-channel',
  by: 'visitor',
  fields: {
    table: file({ max: 200_000 }),
    who: optional(member()),
    where: optional(place()),
    words: optional(listOf({ most: 3, each: 20 })),
  },
  async submit({ values, asked }) {
    const lines = values.table.split('\n').filter((line) => line.trim() !== '').length;
    const words = joined(
      (values.words ?? []).map((word) => [word]),
      ' + ',
    );
    return shown(card(heading(say.plain(asked.reader, 'gather.kept', { lines, words }))));
  },
});

function openSimple({ reader }: Asked): Answer {
  return { answer: 'form', form: openForm(simple, say, reader, {}, { 'title-line': 'Spring fair' }) };
}

async function suggestTitles(typed: string) {
  const titles = ['Spring fair', 'Summer school', 'Autumn walk', 'Winter supper'];
  return titles
    .filter((title) => title.toLowerCase().includes(typed.toLowerCase()))
    .map((title) => ({ value: title, label: title }));
}

/** Somebody in this workspace, by their account there. */
function member(): Field<{ id: MemberId; name: string }> {
  return resolved({ ...text({ max: 100 }), kind: 'member' }, async (ref, asked, tools) => {
    const account = await tools.database.account.findFirst({
      where: { workspaceId: asked.workspace?.id ?? '', ref },
      include: { member: true },
    });
    if (!account) return { ok: false, problem: say(asked.reader, 'problem.member', { got: ref }) };
    return { ok: true, value: { id: account.memberId as MemberId, name: account.member.name } };
  });
}

/** A channel of this workspace. */
function place(): Field<{ id: PlaceId; ref: string; name: string }> {
  return resolved({ ...text({ max: 100 }), kind: 'place' }, async (ref, asked, tools) => {
    const found = await tools.database.place.findFirst({
      where: { workspaceId: asked.workspace?.id ?? '', ref },
    });
    if (!found) return { ok: false, problem: say(asked.reader, 'problem.place', { got: ref }) };
    return { ok: true, value: { id: found.id as PlaceId, ref: found.ref, name: found.name } };
  });
}

function mentionOf({ member, account }: Asked): { member: MemberId; name: string } {
  return { member: member?.id ?? ('00000000-0000-7000-8000-000000000000' as MemberId), name: account.name };
}
