import { buttons, type Card, card, fields, heading, list, note, paragraph } from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, code, type Inline, instant, joined, type Text, text } from '../../../core/text.ts';
import { say } from '../words.ts';
import {
  answers,
  commonLanguages,
  fittingFirst,
  type Group,
  type GroupId,
  type IntroAnswer,
  type Opener,
  type Outcome,
  openersFor,
  outcomes,
  type Person,
  sharedWorkspace,
  type Why,
  whyThese,
} from './rules.ts';

const group = id<GroupId>();
export const answerPress = press('introductions.answer', { group, answer: oneOf(answers) });
export const outPress = press('introductions.out', { group });
/** The same as `outPress`, answered to the presser alone: for a card that others see too. */
export const leavePress = press('introductions.leave', { group });
export const timePress = press('introductions.time', { group });
export const timeForm = press('introductions.find-time', { group });
export const writePress = press('introductions.write', { group });
export const outcomePress = press('introductions.outcome', { group, outcome: oneOf(outcomes) });
export const linePress = press('introductions.line', { group });
export const noteForm = press('introductions.note', { group });
export const lineForm = press('introductions.outcome-line', { group });

/** Names are as long as people make them; a card has room for so much of each. */
const nameShown = 60;
const topicShown = 120;
/** Of a partner's card, by how many meet: more people, less of each. */
const roomFor = (people: number) => (people > 2 ? { items: 1, does: 0 } : { items: 4, does: 300 });

export const mention = ({ memberId: member, name }: Pick<Person, 'memberId' | 'name'>): Inline => ({
  member,
  name: shortened(name, nameShown),
});
const named = (one: Person): Text => text(mention(one), ` (${one.partner.name})`);

/** "Ana (Food Bank), Ben (Library) and Cy (Clinic)". */
export function sayPeople(reader: Reader, people: readonly Person[]): Text {
  const [last, ...before] = [...people].reverse();
  if (!last) return [];
  if (before.length === 0) return named(last);
  return say(reader, 'people.and', { before: joined(before.reverse().map(named), ', '), last: named(last) });
}

function sayWhy(reader: Reader, why: Why): Text {
  const { why: key, ...values } = why;
  return say(reader, `reason.${key}`, values);
}

/** Why a group came about, in one sentence: staff's own reason, a rule, or what speaks for it. */
export function sayReason(reader: Reader, of: Group, timesBefore: number): Text {
  if (of.reason !== '') return text(of.reason);
  if (of.origin === 'newcomer' || of.origin === 'buddy') return say(reader, `reason.${of.origin}`);
  if (of.ruled) return say(reader, 'reason.ruled');
  if (timesBefore > 0) return say(reader, 'reason.again', { times: timesBefore });
  const [a, b] = of.seats;
  return a && b ? sayWhy(reader, whyThese(a, b)) : [];
}

function titled(
  reader: Reader,
  key: 'introduction.title' | 'together.title',
  people: readonly Person[],
): string {
  const names = people.map(({ name }) => name).join(', ');
  return shortened(say.plain(reader, key, { names }), limits.heading);
}

function sayOpener(reader: Reader, opener: Opener): Text {
  const { opener: key, ...values } = opener;
  const topic = 'topic' in opener ? shortened(opener.topic, topicShown) : '';
  return say(reader, `opener.${key}`, { ...values, topic });
}

/** The introduction, as one of the group reads it. */
export function introductionCard(reader: Reader, of: Group, me: Person, timesBefore: number): Card {
  const others = of.seats.filter((seat) => seat.memberId !== me.memberId);
  const languages = commonLanguages(of.seats);
  const together = sharedWorkspace(of.seats);
  return card(
    heading(titled(reader, 'introduction.title', others)),
    paragraph(say(reader, 'introduction.who', { people: sayPeople(reader, others) })),
    paragraph(sayReason(reader, of, timesBefore)),
    ...others.map((one) => fields(aboutPartner(reader, one, of.seats))),
    languages.length > 0 && note(say(reader, 'introduction.languages', { languages: languages.join(', ') })),
    paragraph(say(reader, 'introduction.openers')),
    list(openersFor(of.seats).map((opener) => sayOpener(reader, opener))),
    note(
      together
        ? say(reader, 'introduction.here', { workspace: together.name })
        : say(reader, 'introduction.apart', { button: code(say.plain(reader, 'button.write')) }),
    ),
    buttons(
      { id: writePress.encode({ group: of.id }), label: say.plain(reader, 'button.write'), look: 'primary' },
      { id: timePress.encode({ group: of.id }), label: say.plain(reader, 'button.time') },
      { id: outPress.encode({ group: of.id }), label: say.plain(reader, 'button.out') },
    ),
  );
}

/** What a partner does, and first of all what it offers and needs that fits the others. */
function aboutPartner(reader: Reader, { partner, timeZone }: Person, all: readonly Person[]) {
  const room = roomFor(all.length);
  const others = all.filter((one) => one.partner.id !== partner.id).map((one) => one.partner);
  const line = (key: 'does' | 'offers' | 'needs', value: string) =>
    value === '' ? [] : [{ label: say.plain(reader, `about.${key}`), value: text(value) }];
  const items = (of: readonly string[], fitting: readonly string[]) => {
    const sorted = fittingFirst(of, fitting);
    const more = sorted.length - room.items;
    return sorted.slice(0, room.items).join(', ') + (more > 0 ? ` + ${more}` : '');
  };
  return [
    { label: say.plain(reader, 'about.partner'), value: text(bold(partner.name)) },
    ...line('does', room.does === 0 ? '' : shortened(partner.does, room.does)),
    ...line(
      'offers',
      items(
        partner.offers,
        others.flatMap(({ needs }) => needs),
      ),
    ),
    ...line(
      'needs',
      items(
        partner.needs,
        others.flatMap(({ offers }) => offers),
      ),
    ),
    { label: say.plain(reader, 'about.zone'), value: text(timeZone) },
  ];
}

/** The introduction in a conversation of all of them, in the coalition's language. */
export function togetherCard(reader: Reader, of: Group, timesBefore: number): Card {
  const languages = commonLanguages(of.seats);
  return card(
    heading(titled(reader, 'together.title', of.seats)),
    paragraph(say(reader, 'together.who', { people: sayPeople(reader, of.seats) })),
    paragraph(sayReason(reader, of, timesBefore)),
    ...of.seats.map((one) => fields(aboutPartner(reader, one, of.seats))),
    languages.length > 0 && note(say(reader, 'introduction.languages', { languages: languages.join(', ') })),
    paragraph(say(reader, 'introduction.openers')),
    list(openersFor(of.seats).map((opener) => sayOpener(reader, opener))),
    buttons(
      { id: timePress.encode({ group: of.id }), label: say.plain(reader, 'button.time') },
      { id: leavePress.encode({ group: of.id }), label: say.plain(reader, 'button.out') },
    ),
  );
}

/** Midway: did you meet? */
export function midwayCard(reader: Reader, of: Group, me: Person): Card {
  const others = of.seats.filter((seat) => seat.memberId !== me.memberId);
  return card(
    heading(say.plain(reader, 'midway.title')),
    paragraph(say(reader, 'midway.ask', { people: sayPeople(reader, others) })),
    answerButtons(reader, of.id),
  );
}

function answerButtons(reader: Reader, groupId: GroupId) {
  return buttons(
    ...answers.map((answer) => ({
      id: answerPress.encode({ group: groupId, answer }),
      label: say.plain(reader, `answer.${answer}`),
    })),
    { id: outPress.encode({ group: groupId }), label: say.plain(reader, 'button.out') },
  );
}

export function answeredCard(reader: Reader, of: Group, me: Person, answer: IntroAnswer): Card {
  const others = sayPeople(
    reader,
    of.seats.filter((seat) => seat.memberId !== me.memberId),
  );
  return card(
    paragraph(say(reader, `answered.${answer}`, { people: others })),
    answer !== 'out' && note(say(reader, 'answered.change')),
    answer !== 'out' && answerButtons(reader, of.id),
  );
}

/** Afterwards: did it lead to something? */
export function afterwardsCard(reader: Reader, of: Group, me: Person): Card {
  const others = of.seats.filter((seat) => seat.memberId !== me.memberId);
  return card(
    heading(say.plain(reader, 'afterwards.title')),
    paragraph(say(reader, 'afterwards.ask', { people: sayPeople(reader, others) })),
    buttons(
      ...outcomes.map((outcome) => ({
        id: outcomePress.encode({ group: of.id, outcome }),
        label: say.plain(reader, `outcome.${outcome}`),
      })),
    ),
  );
}

export function outcomeCard(reader: Reader, of: Group, outcome: Outcome): Card {
  return card(
    paragraph(say(reader, `outcome-kept.${outcome}`)),
    buttons({ id: linePress.encode({ group: of.id }), label: say.plain(reader, 'button.line') }),
  );
}

/** A message that one of a group sends to the others through the bot. */
export function noteCard(reader: Reader, of: Group, from: Person, words: string, at: Date): Card {
  return card(
    heading(say.plain(reader, 'note.title', { name: shortened(from.name, nameShown) })),
    paragraph(text(words)),
    note(say(reader, 'note.from', { from: named(from), at: instant(at, reader.timeZone) })),
    buttons({
      id: writePress.encode({ group: of.id }),
      label: say.plain(reader, 'button.reply'),
      look: 'primary',
    }),
  );
}
