import {
  buttons,
  type Card,
  type CardButton,
  card,
  heading,
  list,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { escapeMarkup } from '../../../core/markup.ts';
import { plainText, sayDate, wallClock } from '../../../core/plain-text.ts';
import { count, oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, instant, type Text } from '../../../core/text.ts';
import { changesPress, promiseLines, signPress, termsParts } from '../versions/cards.ts';
import { sectionNames, type Version, type VersionId } from '../versions/rules.ts';
import { say } from '../words.ts';
import type { Reminder } from './rules.ts';
import type { Signer } from './store.ts';

export const signersPress = press('agreement.signers', { which: oneOf(['signed', 'unsigned']), page: count });

/** To whoever speaks for a partner once a version has come into force. */
export function askCard(
  reader: Reader,
  of: { version: Version; partner: string; coalition: string; signedBefore: boolean },
): Card {
  const { version } = of;
  const facts = { partner: of.partner, coalition: of.coalition, number: version.number };
  const row: CardButton[] = [
    {
      id: signPress.encode({ version: version.id }),
      label: say.plain(reader, 'button.sign'),
      look: 'primary',
    },
  ];
  if (of.signedBefore) {
    const id = changesPress.encode({ version: version.id, page: 0 });
    row.push({ id, label: say.plain(reader, 'button.changes') });
  }
  return card(
    heading(say.plain(reader, 'ask.title', { coalition: of.coalition })),
    paragraph(say(reader, of.signedBefore ? 'ask.again' : 'ask.first', facts)),
    ...termsParts(reader, version),
    buttons(...row),
  );
}

export function renewalCard(
  reader: Reader,
  of: { version: VersionId; partner: string; renewsOn: string; reminder: Reminder },
): Card {
  const facts = { partner: of.partner, date: sayDate(reader, of.renewsOn) };
  return card(
    paragraph(say(reader, `renewal.${of.reminder}`, facts)),
    buttons({
      id: signPress.encode({ version: of.version }),
      label: say.plain(reader, 'button.renew'),
      look: 'primary',
    }),
  );
}

export const signersPerCard = 12;

/** For staff: who signed for whom and when, or who has not yet. */
export function signersCard(
  reader: Reader,
  of: {
    number: number;
    which: 'signed' | 'unsigned';
    page: number;
    signers: readonly Signer[];
    total: number;
    others: number;
    timeZone: string;
  },
): Card {
  const { which, page } = of;
  const other = which === 'signed' ? 'unsigned' : 'signed';
  const more = of.total > (page + 1) * signersPerCard;
  return card(
    heading(say.plain(reader, 'signers.title', { number: of.number })),
    paragraph(say(reader, `signers.${which}`, { total: of.total })),
    of.signers.length > 0 && list(of.signers.map((signer) => signerLine(reader, signer, of.timeZone))),
    buttons(
      page > 0 && {
        id: signersPress.encode({ which, page: page - 1 }),
        label: say.plain(reader, 'button.back'),
      },
      more && { id: signersPress.encode({ which, page: page + 1 }), label: say.plain(reader, 'button.more') },
      {
        id: signersPress.encode({ which: other, page: 0 }),
        label: say.plain(reader, `signers.see-${other}`, { total: of.others }),
      },
    ),
  );
}

function signerLine(reader: Reader, { partner, member, signedAt, renewsOn }: Signer, timeZone: string): Text {
  if (!signedAt) return [bold(partner)];
  const when = instant(signedAt, timeZone, 'date');
  const who = member ?? say.plain(reader, 'comments.somebody');
  const until =
    renewsOn === null ? [] : [' ', ...say(reader, 'signers.until', { date: sayDate(reader, renewsOn) })];
  return [bold(partner), ': ', ...say(reader, 'signers.line', { who, when }), ...until];
}

/** A partner's own promises and how they stand, for that partner alone. */
export function ownParts(of: { standing: Text; kept: readonly Text[] }): Part[] {
  return [paragraph(of.standing), ...(of.kept.length > 0 ? [list(of.kept)] : [])];
}

/** The agreement as a page that any browser opens and prints. */
export function documentCard(
  reader: Reader,
  of: { version: Version; coalition: string; timeZone: string; signers: readonly Signer[] },
): Card {
  const { version } = of;
  const title = say.plain(reader, 'document.title', { coalition: of.coalition, number: version.number });
  const day = (at: Date) =>
    wallClock({ instant: at.toISOString(), show: 'date' }, reader.language, of.timeZone);
  const promises = promiseLines(reader, version).map(
    (line) => `<li>${escapeMarkup(plainText(line, reader))}</li>`,
  );
  const sections = sectionNames
    .filter((name) => version[name] !== '')
    .map((name) => {
      const words = escapeMarkup(version[name]).replaceAll('\n', '<br>');
      return `<h2>${escapeMarkup(say.plain(reader, `section.${name}`))}</h2>\n<p>${words}</p>`;
    });
  const rows = of.signers.map(({ partner, member, signedAt }) => {
    const cells = [partner, member ?? '', signedAt ? day(signedAt) : ''];
    return `<tr>${cells.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join('')}</tr>`;
  });
  const heads = (['partner', 'who', 'when'] as const).map(
    (name) => `<th scope="col">${escapeMarkup(say.plain(reader, `document.${name}`))}</th>`,
  );
  const content = [
    `<!doctype html>\n<html lang="${escapeMarkup(reader.language)}">\n<meta charset="utf-8">`,
    `<title>${escapeMarkup(title)}</title>\n<h1>${escapeMarkup(title)}</h1>`,
    version.adoptedAt &&
      `<p>${escapeMarkup(say.plain(reader, 'document.adopted', { when: day(version.adoptedAt) }))}</p>`,
    ...sections,
    promises.length > 0 && `<ul>\n${promises.join('\n')}\n</ul>`,
    `<h2>${escapeMarkup(say.plain(reader, 'document.signatures'))}</h2>`,
    `<table>\n<thead><tr>${heads.join('')}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>\n</html>\n`,
  ].filter((part) => typeof part === 'string');
  const name = `agreement-${version.number}.html`;
  return card(
    paragraph(say(reader, 'document.here', { count: rows.length })),
    { part: 'file', name, mediaType: 'text/html', content: content.join('\n') },
    note(say(reader, 'document.how')),
  );
}
