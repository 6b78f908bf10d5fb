import {
  buttons,
  type Card,
  type CardButton,
  type CardField,
  card,
  fields,
  heading,
  list,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { sayDate, shortened } from '../../../core/plain-text.ts';
import type { View } from '../../../core/ports.ts';
import { count, id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, joined, type Text, text } from '../../../core/text.ts';
import type { Member } from '../../../core/who.ts';
import {
  acceptPress,
  declinePress,
  mention,
  passPress,
  peoplePress,
  releasePress,
  takePress,
} from '../seats/cards.ts';
import { workPress } from '../terms/cards.ts';
import { say } from '../words.ts';
import type { Holder, RoleId, RoleLine, RoleSheet } from './rules.ts';
import { findRole } from './store.ts';

const role = id<RoleId>();

export const listPress = press('roles.list', { page: count });
export const showPress = press('roles.show', {});
export const newFormPress = press('roles.new-form', {});
export const basicsPress = press('roles.basics', { role });
export const basicsFormPress = press('roles.basics-form', { role });
export const detailsPress = press('roles.details', { role });
export const detailsFormPress = press('roles.details-form', { role });
export const openPress = press('roles.open', { role });
export const declineProposalPress = press('roles.decline-proposal', { role });
export const closePress = press('roles.close', { role });
export const closeNowPress = press('roles.close-now', { role });

/** The role's card wherever it stands in a channel. */
export const roleView: View = {
  id: 'roles.card',
  async draw(subject, { tools, coalition, reader }) {
    const found = await findRole(tools.database, coalition.id, subject as RoleId);
    return found && liveCard(reader, found);
  },
};

/** How many holders and how many waiting a card names; the rest are counted. */
const mostNamed = 3;

export function sayEffort(reader: Reader, minutes: number): string {
  return minutes < 60
    ? say.plain(reader, 'effort.minutes', { minutes })
    : say.plain(reader, 'effort.hours', { hours: Math.round((minutes / 60) * 100) / 100 });
}

/** The card for everybody. */
export function liveCard(reader: Reader, sheet: RoleSheet): Card {
  const ids = { role: sheet.id, on: 'live' } as const;
  const open = sheet.state === 'open';
  return card(
    ...describe(reader, sheet),
    open &&
      buttons(
        { id: takePress.encode(ids), label: takeLabel(reader, sheet), look: 'primary' },
        {
          id: releasePress.encode(ids),
          label: say.plain(reader, 'button.release'),
          confirm: say.plain(reader, 'button.release.confirm', { title: sheet.title }),
        },
      ),
  );
}

/** The card for one person, with what they can do about the role. */
export function ownCard(reader: Reader, sheet: RoleSheet, member: Member, above?: Text): Card {
  const rows = [partnerButtons(reader, sheet, member), staffButtons(reader, sheet, member)];
  return card(
    above && paragraph(above),
    ...describe(reader, sheet),
    ...rows.filter((row) => row.length > 0).map((row) => buttons(...row)),
  );
}

/** After taking a seat: what the last holder left to know stands in the place of the role's description. */
export function tookCard(
  reader: Reader,
  of: { sheet: RoleSheet; member: Member; words: Text; handOver: string },
): Card {
  if (of.handOver === '') return ownCard(reader, of.sheet, of.member, of.words);
  const row = partnerButtons(reader, of.sheet, of.member);
  return card(
    paragraph(of.words),
    note(say(reader, 'hand-over.quote', { note: of.handOver })),
    row.length > 0 && buttons(...row),
  );
}

const takeLabel = (reader: Reader, sheet: RoleSheet) =>
  say.plain(reader, sheet.freeSeats > 0 ? 'button.take' : 'button.wait');

function partnerButtons(reader: Reader, sheet: RoleSheet, member: Member): CardButton[] {
  const partnerId = member.partner?.id;
  if (!partnerId || sheet.state !== 'open') return [];
  const ids = { role: sheet.id, on: 'own' } as const;
  const label = (key: Parameters<typeof say.plain>[1]) => say.plain(reader, key);
  const release: CardButton = {
    id: releasePress.encode(ids),
    label: label('button.give-back'),
    confirm: say.plain(reader, 'button.release.confirm', { title: sheet.title }),
  };
  if (sheet.holders.some(({ partner }) => partner.id === partnerId)) {
    return [
      { id: workPress.encode({ role: sheet.id }), label: label('button.work'), look: 'primary' },
      { id: peoplePress.encode({ role: sheet.id }), label: label('button.people') },
      { id: passPress.encode({ role: sheet.id }), label: label('button.pass') },
      release,
    ];
  }
  const offer = sheet.offered.find(({ partner }) => partner.id === partnerId);
  if (offer) {
    const answer = { role: sheet.id, offer: offer.number };
    return [
      { id: acceptPress.encode(answer), label: label('offer.accept'), look: 'primary' },
      { id: declinePress.encode(answer), label: label('offer.decline') },
    ];
  }
  if (sheet.line.some(({ id: waiting }) => waiting === partnerId)) {
    return [{ id: releasePress.encode(ids), label: label('button.leave-line') }];
  }
  return [{ id: takePress.encode(ids), label: takeLabel(reader, sheet), look: 'primary' }];
}

function staffButtons(reader: Reader, sheet: RoleSheet, member: Member): CardButton[] {
  const proposed = sheet.state === 'proposed';
  const staff = member.standing === 'backbone';
  const mayEdit = staff || (proposed && sheet.proposedBy?.id === member.id);
  if (!mayEdit || sheet.state === 'closed' || sheet.state === 'declined') return [];
  const ids = { role: sheet.id };
  const label = (key: Parameters<typeof say.plain>[1]) => say.plain(reader, key);
  const edit: CardButton[] = [
    { id: basicsPress.encode(ids), label: label('button.basics') },
    { id: detailsPress.encode(ids), label: label('button.details') },
  ];
  if (!staff) return edit;
  if (!proposed) return [...edit, { id: closePress.encode(ids), label: label('button.close') }];
  return [
    { id: openPress.encode(ids), label: label('button.open'), look: 'primary' },
    ...edit,
    { id: declineProposalPress.encode(ids), label: label('button.decline-proposal') },
  ];
}

function describe(reader: Reader, sheet: RoleSheet): Part[] {
  const { holders, line, offered } = sheet;
  const facts: CardField[] = [];
  const add = (key: Parameters<typeof say.plain>[1], value: Text | string) => {
    const words = typeof value === 'string' ? text(value) : value;
    if (words.length > 0 && words[0] !== '') facts.push({ label: say.plain(reader, key), value: words });
  };
  add('role.effort', sayEffort(reader, sheet.minutesAMonth));
  if (sheet.termMonths !== null) add('role.term', say(reader, 'role.months', { months: sheet.termMonths }));
  add('role.tasks', sheet.tasks);
  add('role.skills', sheet.skills.join(', '));
  add('role.serves', sheet.serves);
  if (sheet.buddy) add('role.buddy', text(mention(sheet.buddy)));
  if (sheet.standIn && holders.length === 0) add('role.stand-in', text(mention(sheet.standIn)));
  const seats = { held: holders.length, most: sheet.mostSeats, free: sheet.freeSeats };
  const wanted = Math.max(0, sheet.leastSeats - holders.length);
  add('role.seats', say(reader, 'role.seats.say', { ...seats, wanted }));

  const waiting = line.slice(0, mostNamed).map(({ name }) => text(name));
  const freeOffers = offered.filter(({ passing }) => !passing);
  return [
    heading(sheet.title),
    paragraph(text(sheet.purpose)),
    ...(sheet.state === 'open' ? [] : [note(say(reader, `role.state.${sheet.state}`))]),
    fields(facts),
    ...(holders.length > 0
      ? [list(withRest(reader, holders.slice(0, mostNamed).map(holderLine), holders.length))]
      : []),
    ...(freeOffers.length > 0
      ? [
          note(
            say(reader, 'role.offered', {
              count: freeOffers.length,
              partner: freeOffers[0]?.partner.name ?? '',
            }),
          ),
        ]
      : []),
    ...(line.length > 0
      ? [
          note([
            ...say(reader, 'role.waiting', { count: line.length }),
            ' ',
            ...joined(waiting, ', '),
            ...(line.length > mostNamed
              ? [' ', ...say(reader, 'rest', { count: line.length - mostNamed })]
              : []),
          ]),
        ]
      : []),
  ];

  function holderLine({ partner, member, alternate, endsOn }: Holder): Text {
    const until =
      endsOn === null ? [] : [' ', ...say(reader, 'holder.until', { date: sayDate(reader, endsOn) })];
    if (!member) return [bold(partner.name), ': ', ...say(reader, 'holder.nobody'), ...until];
    const who = alternate
      ? say(reader, 'holder.both', { member: mention(member), alternate: mention(alternate) })
      : say(reader, 'holder.one', { member: mention(member) });
    return [bold(partner.name), ': ', ...who, ...until];
  }
}

function withRest(reader: Reader, lines: readonly Text[], total: number): Text[] {
  const rest = total - lines.length;
  return rest > 0 ? [...lines, say(reader, 'rest', { count: rest })] : [...lines];
}

export const rolesPerPage = 10;

/** The list of roles, with a select that opens one. */
export function rolesCard(
  reader: Reader,
  of: { roles: readonly RoleLine[]; total: number; page: number },
): Card {
  const { roles, total, page } = of;
  const pages = Math.ceil(total / rolesPerPage);
  if (roles.length === 0)
    return card(heading(say.plain(reader, 'list.title')), paragraph(say(reader, 'list.none')));
  const turn = (to: number, key: 'list.back' | 'list.more'): CardButton => ({
    id: listPress.encode({ page: to }),
    label: say.plain(reader, key),
  });
  const shown = page > 0 || pages > page + 1;
  return card(
    heading(say.plain(reader, 'list.title')),
    list(roles.map((each) => roleLine(reader, each))),
    {
      part: 'select',
      select: {
        id: showPress.encode({}),
        placeholder: say.plain(reader, 'list.pick'),
        choices: roles.map((each) => ({
          value: each.id,
          label: shortened(each.title, limits.buttonLabel),
        })),
      },
    },
    shown &&
      buttons(page > 0 && turn(page - 1, 'list.back'), pages > page + 1 && turn(page + 1, 'list.more')),
    shown && note(say(reader, 'list.page', { page: page + 1, pages, total })),
  );
}

function roleLine(reader: Reader, each: RoleLine): Text {
  const { held, free, waiting, state } = each;
  const effort = sayEffort(reader, each.minutesAMonth);
  const key = state === 'proposed' ? 'line.proposed' : free > 0 ? 'line.free' : 'line.full';
  return [bold(each.title), ': ', ...say(reader, key, { effort, free, held, waiting })];
}

/** Before a role is closed: who holds it and what will happen to them. */
export function closeCard(reader: Reader, sheet: RoleSheet): Card {
  const counts = { holders: sheet.holders.length, waiting: sheet.line.length + sheet.offered.length };
  return card(
    heading(say.plain(reader, 'close.title', { title: sheet.title })),
    paragraph(say(reader, 'close.will', counts)),
    sheet.holders.length > 0 && list(sheet.holders.slice(0, 20).map(({ partner }) => text(partner.name))),
    buttons({
      id: closeNowPress.encode({ role: sheet.id }),
      label: say.plain(reader, 'close.now'),
      look: 'danger',
    }),
  );
}
