import {
  buttons,
  type Card,
  type CardField,
  card,
  fields,
  heading,
  list,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import { count, id, oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, type Text, text } from '../../../core/text.ts';
import { listPress, sayEffort } from '../catalogue/cards.ts';
import { takePress } from '../seats/cards.ts';
import { hoursOf } from '../terms/cards.ts';
import { say } from '../words.ts';
import { type BoardList, boardLists, type JobOfferId, type Suggestion } from './rules.ts';
import type { BoardLine, BoardPage, Candidate, Coverage, Share } from './store.ts';

export const boardListPress = press('roles.board-list', { which: oneOf(boardLists), page: count });
export const notNowPress = press('roles.not-now', { offer: id<JobOfferId>() });

/** How many of each list the board itself names. */
export const boardShows = 4;
export const boardPage = 20;
const previewShows = 10;

/** For staff: where the coalition's work is thin, by name. */
export function staffBoardCard(
  reader: Reader,
  of: { coverage: Coverage; lists: Record<BoardList, BoardPage> },
): Card {
  const { coverage, lists } = of;
  const parts: Part[] = [];
  for (const which of boardLists) {
    const { total, lines } = lists[which];
    parts.push(paragraph(say(reader, `board.${which}`, { total })));
    if (total > 0) parts.push(list(lines.map((line) => boardLine(reader, which, line))));
  }
  const longer = boardLists.filter((which) => lists[which].total > boardShows);
  return card(
    heading(say.plain(reader, 'board.title')),
    numbers(reader, coverage),
    ...parts,
    ...groups(reader, coverage),
    longer.length > 0 &&
      buttons(
        ...longer.map((which) => ({
          id: boardListPress.encode({ which, page: 0 }),
          label: say.plain(reader, `board.all.${which}`),
        })),
      ),
  );
}

/** For everybody: what is held and what would be welcome, and nobody by name. */
export function kindBoardCard(
  reader: Reader,
  of: { coverage: Coverage; lists: Record<BoardList, BoardPage> },
): Card {
  const { coverage, lists } = of;
  const wanted = lists['without-partner'];
  return card(
    heading(say.plain(reader, 'board.title')),
    numbers(reader, coverage),
    wanted.total > 0 && paragraph(say(reader, 'kind.wanted', { total: wanted.total })),
    wanted.total > 0 && list(wanted.lines.map(({ name }) => text(bold(name)))),
    lists.fragile.total > 0 && paragraph(say(reader, 'kind.fragile', { total: lists.fragile.total })),
    ...groups(reader, coverage),
    note(say(reader, 'kind.next')),
  );
}

function numbers(reader: Reader, { partners, holding, roles, freeSeats }: Coverage): Part {
  const facts: CardField[] = [
    {
      label: say.plain(reader, 'board.partners'),
      value: say(reader, 'board.holding', { holding, partners }),
    },
    { label: say.plain(reader, 'board.roles'), value: say(reader, 'board.free', { roles, freeSeats }) },
  ];
  return fields(facts);
}

function groups(reader: Reader, { bySector, bySize }: Coverage): Part[] {
  const line = ({ name, partners, holding }: Share): Text => [
    bold(name === '' ? say.plain(reader, 'board.unnamed') : shortened(name, 60)),
    ': ',
    ...say(reader, 'board.holding', { holding, partners }),
  ];
  const parts: Part[] = [];
  if (bySector.length > 1) parts.push(paragraph(say(reader, 'board.by-sector')), list(bySector.map(line)));
  if (bySize.length > 1) parts.push(paragraph(say(reader, 'board.by-size')), list(bySize.map(line)));
  return parts;
}

function boardLine(reader: Reader, which: BoardList, line: BoardLine): Text {
  const name = bold(line.name);
  if (which === 'heavy') {
    const roles = Number(line.note);
    return [name, ': ', ...say(reader, 'board.line.heavy', { hours: hoursOf(line.count), roles })];
  }
  if (which === 'without-partner')
    return [name, ': ', ...say(reader, 'board.line.missing', { seats: line.count })];
  return line.note === '' ? [name] : [name, ` (${shortened(line.note, 60)})`];
}

/** One of the board's lists, whole, page by page. */
export function boardListCard(reader: Reader, which: BoardList, page: number, of: BoardPage): Card {
  const pages = Math.max(1, Math.ceil(of.total / boardPage));
  const turn = (to: number, key: 'list.back' | 'list.more') => ({
    id: boardListPress.encode({ which, page: to }),
    label: say.plain(reader, key),
  });
  const turns = [
    ...(page > 0 ? [turn(page - 1, 'list.back')] : []),
    ...(page + 1 < pages ? [turn(page + 1, 'list.more')] : []),
  ];
  return card(
    heading(say.plain(reader, `board.all.${which}`)),
    paragraph(say(reader, `board.${which}`, { total: of.total })),
    of.lines.length > 0 && list(of.lines.map((line) => boardLine(reader, which, line))),
    turns.length > 0 && buttons(...turns),
    note(say(reader, 'list.page', { page: page + 1, pages, total: of.total })),
  );
}

/** Roles that fit a partner, each with the reason and its own button. */
export function suggestionsCard(reader: Reader, suggestions: readonly Suggestion[]): Card {
  return card(
    heading(say.plain(reader, 'suggest.title')),
    ...(suggestions.length === 0
      ? [paragraph(say(reader, 'suggest.none'))]
      : [list(suggestions.map((each) => suggestionLine(reader, each))), takeButtons(reader, suggestions)]),
  );
}

/** To a partner without a role. */
export function jobOfferCard(
  reader: Reader,
  of: { offer: JobOfferId; partner: string; suggestions: readonly Suggestion[] },
): Card {
  const row = takeButtons(reader, of.suggestions);
  return card(
    heading(say.plain(reader, 'job-offer.title')),
    paragraph(say(reader, 'job-offer.why', { partner: of.partner })),
    list(of.suggestions.map((each) => suggestionLine(reader, each))),
    row,
    buttons({ id: notNowPress.encode({ offer: of.offer }), label: say.plain(reader, 'job-offer.not-now') }),
  );
}

function takeButtons(reader: Reader, suggestions: readonly Suggestion[]): Part {
  return buttons(
    ...suggestions.map(({ role }) => ({
      id: takePress.encode({ role: role.id, on: 'own' }),
      label: say.plain(reader, 'suggest.take', { title: shortened(role.title, 60) }),
    })),
  );
}

function suggestionLine(reader: Reader, { role, reason }: Suggestion): Text {
  const effort = sayEffort(reader, role.minutesAMonth);
  const why = say(reader, `reason.${reason.why}`, {
    offer: reason.why === 'skill' ? reason.offer : '',
    skill: reason.why === 'skill' ? reason.skill : '',
    shared: reason.why === 'focus' ? reason.shared : '',
  });
  return [bold(role.title), ` (${effort}): `, ...why];
}

/** For staff: who would be offered what, when, and why. */
export function offersPreviewCard(
  reader: Reader,
  of: { when: Text; each: number; plan: readonly { to: Candidate; suggestions: readonly Suggestion[] }[] },
): Card {
  const { plan } = of;
  return card(
    heading(say.plain(reader, 'offers.title')),
    paragraph(
      say(reader, plan.length > 0 ? 'offers.will' : 'offers.nobody', { when: of.when, total: plan.length }),
    ),
    plan.length > 0 &&
      list(
        plan
          .slice(0, previewShows)
          .map(({ to, suggestions }) => [
            bold(to.name),
            ': ',
            suggestions.map(({ role }) => role.title).join(', '),
          ]),
      ),
    plan.length > previewShows && note(say(reader, 'rest', { count: plan.length - previewShows })),
    note(say(reader, 'offers.limits', { each: of.each })),
  );
}

/** Opens the list of roles from the digest. */
export const seeRolesButton = (reader: Reader) =>
  buttons({ id: listPress.encode({ page: 0 }), label: say.plain(reader, 'section.see') });
