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
import type { PartnerId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, oneOf, press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, code, instant, type Text, text } from '../../../core/text.ts';
import type { Member } from '../../../core/who.ts';
import { say } from '../words.ts';
import { mayArrangePeople, mayEditPartner, monthsSince } from './rules.ts';
import type { Partner, PartnerPerson } from './store.ts';

const partner = { partner: id<PartnerId>() };

export const pagePress = press('partners.page', {
  search: word,
  way: oneOf(['after', 'before', 'start']),
  at: word,
});
export const pickPress = press('partners.pick', {});
export const editPress = press('partners.edit', partner);
export const editWhatPress = press('partners.edit-what', partner);
export const editGivesPress = press('partners.edit-gives', partner);
export const editPeoplePress = press('partners.edit-people', partner);
export const endPress = press('partners.end', partner);
export const endConfirmPress = press('partners.end-confirm', partner);
export const againPress = press('partners.again', partner);
export const stillRightPress = press('partners.still-right', partner);
export const showPress = press('partners.show', partner);
export const addFormPress = press('partners.add-form', {});
export const whatFormPress = press('partners.what-form', partner);
export const givesFormPress = press('partners.gives-form', partner);
export const peopleFormPress = press('partners.people-form', partner);
/** In a list's buttons: there was no search. */
export const noSearch = 'none';

/** How many roles a partner's card names; the rest are counted. */
const rolesShown = 3;
/** So many fit in one message with their longest allowed names. */
export const partnersPerPage = 10;
/** People named on a card; the rest are counted. */
const peopleShown = 8;

export function partnersCard(
  of: {
    search: string;
    searchRef: string;
    partners: readonly Partner[];
    total: number;
    hasBefore: boolean;
    hasAfter: boolean;
  },
  reader: Reader,
): Card {
  const { search, partners, total } = of;
  const title = search === '' ? say.plain(reader, 'list.title') : say.plain(reader, 'list.title-search');
  const first = partners[0];
  const last = partners.at(-1);
  if (!first || !last) {
    const empty =
      search === '' ? say(reader, 'list.empty') : say(reader, 'list.none', { search: code(search) });
    return card(heading(title), paragraph(empty), note(say(reader, 'list.none-next')));
  }
  const turn = (way: 'after' | 'before', at: PartnerId, label: 'list.before' | 'list.after'): CardButton => ({
    id: pagePress.encode({ search: of.searchRef, way, at }),
    label: say.plain(reader, label),
  });
  return card(
    heading(title),
    note(
      search === ''
        ? say(reader, 'list.count', { total })
        : say(reader, 'list.found', { total, search: code(search) }),
    ),
    list(partners.map((each) => partnerLine(each))),
    {
      part: 'select',
      select: {
        id: pickPress.encode({}),
        placeholder: say.plain(reader, 'list.pick'),
        choices: partners.map((each) => ({
          value: each.id,
          label: shortened(each.name, limits.choiceLabel),
          ...(each.sector ? { description: shortened(each.sector, limits.choiceDescription) } : {}),
        })),
      },
    },
    (of.hasBefore || of.hasAfter) &&
      buttons(
        of.hasBefore && turn('before', first.id, 'list.before'),
        of.hasAfter && turn('after', last.id, 'list.after'),
      ),
  );
}

/** One partner in one line: its name, sector and area. */
export function partnerLine(of: Partner): Text {
  const more = [of.sector, of.area].filter(Boolean).join(' · ');
  return more === '' ? text(bold(of.name)) : text(bold(of.name), ` · ${more}`);
}

/** What a partner says of itself, for its card and wherever else it is portrayed. */
function partnerParts(of: Partner, reader: Reader): Part[] {
  const facts: CardField[] = [];
  const add = (
    label: 'sector' | 'size' | 'area' | 'offers' | 'needs' | 'languages' | 'roles',
    value: string,
  ) => {
    if (value !== '') facts.push({ label: say.plain(reader, `card.${label}`), value: text(value) });
  };
  add('sector', of.sector);
  add('size', of.sizeBand === '' ? '' : say.plain(reader, `size-band.${of.sizeBand}`));
  add('area', of.area);
  add('offers', of.offers.join(', '));
  add('needs', of.needs.join(', '));
  add('languages', of.languages.join(', '));
  const roles = of.roleTitles.slice(0, rolesShown);
  const more = of.roleTitles.length - roles.length;
  if (more > 0) roles.push(say.plain(reader, 'card.more-roles', { count: more }));
  add('roles', roles.join(', '));
  const parts: Part[] = [];
  if (of.does !== '') parts.push(paragraph(text(of.does)));
  if (facts.length > 0) parts.push(fields(facts));
  return parts;
}

export function partnerCard(
  of: { partner: Partner; people: readonly PartnerPerson[]; viewer: Member; now: Date },
  reader: Reader & { timeZone: string },
): Card {
  const { partner: shown, people, viewer } = of;
  const payload = { partner: shown.id };
  const label = (key: 'card.edit' | 'card.people-edit' | 'card.again') => say.plain(reader, key);
  const left = shown.leftAt !== null;
  const parts = partnerParts(shown, reader);
  const may = {
    edit: !left && mayEditPartner(viewer, shown.id),
    people: !left && people.length > 0 && mayArrangePeople(viewer, shown.id),
    again: left && viewer.standing === 'backbone',
  };
  return card(
    heading(shown.name),
    left && note(say(reader, 'card.left')),
    ...(parts.length > 0 ? parts : [paragraph(say(reader, 'card.empty'))]),
    peoplePart(people, reader),
    note(
      say(reader, 'card.freshness', {
        months: monthsSince(shown.confirmedAt, of.now),
        date: instant(shown.confirmedAt, reader.timeZone, 'date'),
      }),
    ),
    (may.edit || may.people || may.again) &&
      buttons(
        may.edit && { id: editPress.encode(payload), label: label('card.edit') },
        may.people && { id: editPeoplePress.encode(payload), label: label('card.people-edit') },
        may.again && { id: againPress.encode(payload), label: label('card.again') },
      ),
  );
}

function peoplePart(people: readonly PartnerPerson[], reader: Reader): Part {
  if (people.length === 0) return note(say(reader, 'card.nobody'));
  const shown = people.slice(0, peopleShown);
  const rest = people.length - shown.length;
  const named = shown.map(({ name, standing }) => ({
    name: shortened(name, 80),
    note: say.plain(reader, `standing.${standing}`),
  }));
  const more = rest > 0 ? [{ name: say.plain(reader, 'card.more-people', { rest }), note: '' }] : [];
  return { part: 'people', people: [...named, ...more] };
}

/** What can be changed about a partner, in the forms that fit a platform. */
export function editCard(of: { partner: Partner; viewer: Member }, reader: Reader): Card {
  const payload = { partner: of.partner.id };
  return card(
    heading(of.partner.name),
    ...partnerParts(of.partner, reader),
    buttons(
      { id: editWhatPress.encode(payload), label: say.plain(reader, 'edit.what'), look: 'primary' },
      { id: editGivesPress.encode(payload), label: say.plain(reader, 'edit.gives') },
      { id: stillRightPress.encode(payload), label: say.plain(reader, 'freshness.still-right') },
      of.viewer.standing === 'backbone' && {
        id: endPress.encode(payload),
        label: say.plain(reader, 'edit.end'),
        look: 'danger',
      },
    ),
  );
}

export function endConfirmCard(of: Partner, people: number, reader: Reader): Card {
  const payload = { partner: of.id };
  return card(
    heading(say.plain(reader, 'end.title', { name: of.name })),
    paragraph(say(reader, 'end.what', { people })),
    buttons(
      { id: endConfirmPress.encode(payload), label: say.plain(reader, 'end.confirm'), look: 'danger' },
      { id: editPress.encode(payload), label: say.plain(reader, 'end.keep') },
    ),
  );
}

/** "Last confirmed 4 months ago: still right?" */
export function freshnessCard(of: Partner, now: Date, reader: Reader): Card {
  const payload = { partner: of.id };
  const months = monthsSince(of.confirmedAt, now);
  return card(
    heading(say.plain(reader, 'freshness.title', { name: of.name })),
    paragraph(say(reader, 'freshness.ask', { months })),
    ...partnerParts(of, reader),
    buttons(
      {
        id: stillRightPress.encode(payload),
        label: say.plain(reader, 'freshness.still-right'),
        look: 'primary',
      },
      { id: editPress.encode(payload), label: say.plain(reader, 'card.edit') },
    ),
  );
}
