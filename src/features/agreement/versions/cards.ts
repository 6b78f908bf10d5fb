import {
  buttons,
  type Card,
  type CardButton,
  card,
  divider,
  heading,
  list,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { commitmentNames } from '../../../core/commitment.ts';
import { count, id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, instant, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import { type Change, sectionNames, type Terms, type Version, type VersionId } from './rules.ts';
import type { Comment } from './store.ts';

const version = id<VersionId>();

export const signPress = press('agreement.sign', { version });
export const changesPress = press('agreement.changes', { version, page: count });
export const draftPress = press('agreement.see-draft', {});
export const commentPress = press('agreement.comment', {});
export const commentsPress = press('agreement.comments', { page: count });
export const textPress = press('agreement.text', {});
export const promisesPress = press('agreement.promises', {});
export const signingPress = press('agreement.signing', {});
export const adoptPress = press('agreement.adopt', { version });
export const askPress = press('agreement.ask', { version });
export const throwPress = press('agreement.throw', { version });
export const throwConfirmPress = press('agreement.throw-confirm', { version });

export const textFormPress = press('agreement.text-form', {});
export const promisesFormPress = press('agreement.promises-form', {});
export const signingFormPress = press('agreement.signing-form', {});
export const commentFormPress = press('agreement.comment-form', {});
export const adoptFormPress = press('agreement.adopt-form', { version });

/** The sections and the promises, as one reads them. */
export function termsParts(reader: Reader, terms: Terms): Part[] {
  const sections = sectionNames
    .filter((name) => terms[name] !== '')
    .map((name) => paragraph([bold(say.plain(reader, `section.${name}`)), '\n', terms[name]]));
  const promises = promiseLines(reader, terms);
  return [...sections, ...(promises.length > 0 ? [list(promises)] : [])];
}

export function promiseLines(reader: Reader, terms: Terms): Text[] {
  const promises = commitmentNames
    .filter((name) => terms[name] > 0)
    .map((name) => say(reader, `promise.${name}`, { much: terms[name] }));
  if (terms.renewMonths !== null) promises.push(say(reader, 'promise.renew', { months: terms.renewMonths }));
  if (terms.signingNeeded) promises.push(say(reader, 'promise.needed'));
  return promises;
}

/** The agreement in force, for one member. */
export function agreementCard(
  reader: Reader,
  of: {
    version: Version;
    timeZone: string;
    standing: Text;
    maySign: boolean;
    hasBefore: boolean;
    hasDraft: boolean;
    /** The number of the decision that put it into force; null when staff did. */
    adoptedBy: number | null;
  },
): Card {
  const { version: current } = of;
  const row: CardButton[] = [];
  if (of.maySign) {
    row.push({
      id: signPress.encode({ version: current.id }),
      label: say.plain(reader, 'button.sign'),
      look: 'primary',
    });
  }
  if (of.hasBefore) {
    const changes = changesPress.encode({ version: current.id, page: 0 });
    row.push({ id: changes, label: say.plain(reader, 'button.changes') });
  }
  if (of.hasDraft) row.push({ id: draftPress.encode({}), label: say.plain(reader, 'button.draft') });
  return card(
    heading(say.plain(reader, 'show.title', { number: current.number })),
    ...termsParts(reader, current),
    divider,
    current.adoptedAt &&
      note(say(reader, 'show.adopted', { when: instant(current.adoptedAt, of.timeZone, 'date') })),
    of.adoptedBy !== null && note(say(reader, 'show.decided', { number: of.adoptedBy })),
    paragraph(of.standing),
    row.length > 0 && buttons(...row),
  );
}

/** The draft, for comments; staff see how to change and adopt it. */
export function draftCard(
  reader: Reader,
  of: { draft: Version; comments: number; staff: boolean; above?: Text; decision?: Standing | null },
): Card {
  const { draft, decision } = of;
  const held = decision?.state === 'draft' || decision?.state === 'open';
  const staff: CardButton[] =
    of.staff && !held
      ? [
          { id: textPress.encode({}), label: say.plain(reader, 'button.text') },
          { id: promisesPress.encode({}), label: say.plain(reader, 'button.promises') },
          { id: signingPress.encode({}), label: say.plain(reader, 'button.signing') },
          { id: askPress.encode({ version: draft.id }), label: say.plain(reader, 'button.ask') },
          {
            id: throwPress.encode({ version: draft.id }),
            label: say.plain(reader, 'button.throw'),
            look: 'danger',
          },
        ]
      : [];
  const changes = changesPress.encode({ version: draft.id, page: 0 });
  return card(
    of.above && paragraph(of.above),
    heading(say.plain(reader, 'draft.title', { number: draft.number })),
    ...termsParts(reader, draft),
    decision && decisionPart(reader, decision),
    !held && note(say(reader, of.staff ? 'draft.staff' : 'draft.member')),
    buttons(
      { id: commentPress.encode({}), label: say.plain(reader, 'button.comment'), look: 'primary' },
      of.comments > 0 && {
        id: commentsPress.encode({ page: 0 }),
        label: say.plain(reader, 'button.comments', { count: of.comments }),
      },
      draft.number > 1 && { id: changes, label: say.plain(reader, 'button.changes') },
    ),
    staff.length > 0 && buttons(...staff),
  );
}

/** How the decision that was asked to adopt a draft stands. */
type Standing = {
  readonly number: number;
  readonly state: 'draft' | 'open' | 'closed' | 'withdrawn';
};

function decisionPart(reader: Reader, { number, state }: Standing): Part | false {
  if (state === 'withdrawn') return false;
  return paragraph(say(reader, `asked.${state}`, { number }));
}

/** Asks before a draft is thrown away. */
export function throwCard(reader: Reader, of: { draft: Version; comments: number }): Card {
  const { draft, comments } = of;
  return card(
    heading(say.plain(reader, 'throw.title', { number: draft.number })),
    paragraph(say(reader, 'throw.will', { comments })),
    buttons({
      id: throwConfirmPress.encode({ version: draft.id }),
      label: say.plain(reader, 'throw.now'),
      look: 'danger',
    }),
  );
}

/** How many changed sections fit one card, old and new text side by side. */
const changesPerCard = 3;

export function changesCard(
  reader: Reader,
  of: {
    number: number;
    changes: readonly Change[];
    page: number;
    termsChanged: boolean;
    terms: Terms;
    id: VersionId;
  },
): Card {
  const { changes, page } = of;
  const shown = changes.slice(page * changesPerCard, (page + 1) * changesPerCard);
  const more = changes.length > (page + 1) * changesPerCard;
  const parts = shown.flatMap(({ section, before, after }): Part[] => [
    paragraph([bold(say.plain(reader, `section.${section}`))]),
    paragraph(say(reader, 'changes.before', { text: before === '' ? '–' : before })),
    paragraph(say(reader, 'changes.after', { text: after === '' ? '–' : after })),
  ]);
  const last = !more && of.termsChanged;
  return card(
    heading(say.plain(reader, 'changes.title', { number: of.number })),
    ...(changes.length === 0 && !of.termsChanged ? [paragraph(say(reader, 'changes.none'))] : parts),
    last && paragraph(say(reader, 'changes.promises')),
    last && list(promiseLines(reader, of.terms)),
    more &&
      buttons({
        id: changesPress.encode({ version: of.id, page: page + 1 }),
        label: say.plain(reader, 'button.more'),
      }),
  );
}

export const commentsPerCard = 3;

export function commentsCard(
  reader: Reader,
  of: { comments: readonly Comment[]; total: number; page: number; timeZone: string },
): Card {
  const more = of.total > (of.page + 1) * commentsPerCard;
  return card(
    heading(say.plain(reader, 'comments.title')),
    ...(of.comments.length === 0 ? [paragraph(say(reader, 'comments.none'))] : []),
    ...of.comments.map((each) =>
      paragraph([
        bold([each.who, each.partner].filter(Boolean).join(', ') || say.plain(reader, 'comments.somebody')),
        ' (',
        instant(each.at, of.timeZone, 'date'),
        ')\n',
        each.text,
      ]),
    ),
    more &&
      buttons({ id: commentsPress.encode({ page: of.page + 1 }), label: say.plain(reader, 'button.more') }),
  );
}

/** Before a draft comes into force: what will happen, to whom and when. */
export function adoptCard(reader: Reader, of: { draft: Version; partners: number; unreached: number }): Card {
  const { draft } = of;
  return card(
    heading(say.plain(reader, 'adopt.title', { number: draft.number })),
    paragraph(say(reader, 'adopt.will', { partners: of.partners })),
    of.unreached > 0 && note(say(reader, 'adopt.unreached', { count: of.unreached })),
    draft.signingNeeded && note(say(reader, 'promise.needed')),
    buttons({
      id: adoptPress.encode({ version: draft.id }),
      label: say.plain(reader, 'adopt.now'),
      look: 'primary',
    }),
  );
}
