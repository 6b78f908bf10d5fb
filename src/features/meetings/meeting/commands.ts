import { type Answer, refused, shown } from '../../../core/answer.ts';
import { buttons, card, heading, list, note, type Part, paragraph } from '../../../core/card.ts';
import { defineButton, defineCommand } from '../../../core/command.ts';
import { wholeNumber } from '../../../core/field.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant, type Text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { listWaitingFor } from '../answering/store.ts';
import { packPress } from '../catching-up/cards.ts';
import { listMissed } from '../catching-up/store.ts';
import { mayRun } from '../choosing/buttons.ts';
import { chooseListPress } from '../choosing/cards.ts';
import { calendarPart } from '../confirmed/cards.ts';
import type { By } from '../proposing/forms.ts';
import { say } from '../words.ts';
import { drawMeeting, gather, linksText, showPress, whenText } from './cards.ts';
import { findGuestOf, findMeeting, findMeetingNumbered, listMeetings, type Meeting } from './store.ts';

const mostListed = 8;

/** Polls first, because they want an answer; then what is ahead, then what was held. */
export const listCommand = defineCommand({
  name: 'meet list',
  bare: true,
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const of = (states: readonly Meeting['state'][], latestFirst = false) =>
      listMeetings(tools.database, coalition.id, { states, most: mostListed, latestFirst });
    const [polling, ahead, held] = [
      await of(['polling', 'choosing']),
      await of(['confirmed']),
      await of(['held'], true),
    ];
    if (polling.length + ahead.length + held.length === 0)
      return shown(card(paragraph(say(reader, 'list.nothing'))));
    const group = (key: 'list.polling' | 'list.ahead' | 'list.held', all: readonly Meeting[]) =>
      all.length === 0
        ? []
        : [note(say(reader, key)), list(all.map((each) => lineOf(each, coalition, reader)))];
    return shown(
      card(
        heading(say.plain(reader, 'list.title')),
        note(say(reader, 'list.next')),
        ...group('list.polling', polling),
        ...group('list.ahead', ahead),
        ...group('list.held', held),
      ),
    );
  },
});

function lineOf(of: Meeting, coalition: Coalition, reader: Reader): Text {
  const title = { bold: [of.title] };
  const { number } = of;
  if (of.startsAt)
    return say(reader, 'list.line-time', { number, title, when: whenText(of, of.timeZone, reader) });
  const deadline = instant(of.deadline, coalition.timeZone);
  return say(reader, 'list.line-polling', {
    number,
    title,
    answered: of.answered,
    guests: of.guestCount,
    deadline,
  });
}

export const show = defineCommand({
  name: 'meet show',
  answers: 'privately',
  by: 'member',
  options: { meeting: wholeNumber({ least: 1 }) },
  async run({ options, asked, tools }) {
    const of = await findMeetingNumbered(tools.database, asked.coalition.id, options.meeting);
    return of && (await maySee(of, asked, tools))
      ? showMeeting(of, asked, tools)
      : unknown(options.meeting, asked);
  },
});

export const showButton = defineButton({
  press: showPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const of = await findMeeting(tools.database, asked.coalition.id, payload.meeting);
    return of && (await maySee(of, asked, tools))
      ? showMeeting(of, asked, tools)
      : refused('meetings.gone', say(asked.reader, 'refused.gone'));
  },
});

/** A draft is its author's, a small meeting belongs to those who are in it, any other to the coalition. */
async function maySee(of: Meeting, { member }: By, tools: Tools): Promise<boolean> {
  if (of.state === 'draft') return false;
  return !of.small || (await findGuestOf(tools.database, of, member)) !== null;
}

const unknown = (number: number, { reader }: By): Answer =>
  refused('meetings.unknown', say(reader, 'refused.unknown', { number }));

async function showMeeting(of: Meeting, { coalition, member, reader }: By, tools: Tools): Promise<Answer> {
  const drawn = drawMeeting(await gather(tools.database, of), coalition, reader);
  const choosing = (of.state === 'polling' || of.state === 'choosing') && mayRun(of, member);
  const choose = choosing && {
    id: chooseListPress.encode({ meeting: of.id }),
    label: say.plain(reader, 'button.choose'),
  };
  return shown(card(...drawn.parts, choose && buttons(choose)));
}

/** What waits for my organisation. */
export const mine = defineCommand({
  name: 'meet mine',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { reader } = asked;
    const parts = await waitingParts(asked.coalition, asked.member, reader, tools);
    return shown(card(...(parts.length > 0 ? parts : [paragraph(say(reader, 'mine.nothing'))])));
  },
});

export async function waitingParts(
  coalition: Coalition,
  member: Member,
  reader: Reader,
  tools: Tools,
): Promise<Part[]> {
  const waiting = await listWaitingFor(tools.database, coalition.id, member);
  const missed = await missedParts(coalition, member, reader, tools);
  if (waiting.length === 0) return missed;
  return [
    heading(say.plain(reader, 'mine.title', { count: waiting.length })),
    list(waiting.map((each) => lineOf(each, coalition, reader))),
    buttons(
      ...waiting.slice(0, 5).map(({ id, number }) => ({
        id: showPress.encode({ meeting: id }),
        label: say.plain(reader, 'button.show', { number }),
      })),
    ),
    ...missed,
  ];
}

const monthMs = 30 * 86_400_000;

/** What one's organisation was absent from and has not caught up with. */
async function missedParts(
  { id: coalitionId }: Coalition,
  { partner }: Member,
  reader: Reader,
  tools: Tools,
): Promise<Part[]> {
  if (!partner) return [];
  const since = new Date(tools.clock.now().getTime() - monthMs);
  const missed = await listMissed(tools.database, coalitionId, partner.id, since);
  if (missed.length === 0) return [];
  return [
    note(say(reader, 'mine.missed')),
    buttons(
      ...missed.map(({ of, guest }) => ({
        id: packPress.encode({ guest: guest.id }),
        label: shortened(say.plain(reader, 'button.pack', { title: of.title }), limits.buttonLabel),
      })),
    ),
  ];
}

/** The calendar file again, for whoever lost it. */
export const calendar = defineCommand({
  name: 'meet calendar',
  answers: 'privately',
  by: 'member',
  options: { meeting: wholeNumber({ least: 1 }) },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const of = await findMeetingNumbered(tools.database, coalition.id, options.meeting);
    if (!of || !(await maySee(of, asked, tools))) return unknown(options.meeting, asked);
    if (!of.startsAt) return refused('meetings.no-time', say(reader, 'calendar.none', { number: of.number }));
    return shown(
      card(
        heading(of.title),
        paragraph([{ bold: whenText(of, of.timeZone, reader) }]),
        note(linksText(of, coalition, reader)),
        calendarPart(of, coalition),
      ),
    );
  },
});
