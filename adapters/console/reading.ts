import type { Card } from '../../src/core/card.ts';
import { cardText } from '../../src/core/card-text.ts';
import type { MemberId } from '../../src/core/ids.ts';
import { wallClock } from '../../src/core/plain-text.ts';
import type { Reader } from '../../src/core/reader.ts';
import type { Database } from '../../src/database.ts';
import { membersIn } from '../../src/delivery/draw-for.ts';
import { type Account, type Accounts, consoleWorkspace } from './accounts.ts';
import { drawCard } from './draw-card.ts';
import type { MessageRow } from './messages.ts';
import type { Message } from './web/wire.ts';

export type Reading = ReturnType<typeof makeReading>;

/** Draws stored messages for one reader: their language, their clock, their own name among the mentions. */
export function makeReading(database: Database, accounts: Accounts, now: () => Date) {
  async function draw(rows: readonly MessageRow[], account: Account): Promise<Message[]> {
    if (rows.length === 0) return [];
    const cards = rows.map((row) => row.card as unknown as Card);
    const mentioned = [...new Set(cards.flatMap((card) => [...membersIn(card)]))];
    const askers = [...new Set(rows.flatMap((row) => row.askedBy ?? []))];
    const [reader, known, people] = await Promise.all([
      accounts.readerOf(account),
      database.account.findMany({ where: { workspace: consoleWorkspace, memberId: { in: mentioned } } }),
      database.consolePerson.findMany({ where: { ref: { in: askers } } }),
    ]);
    const refs = new Map(known.map(({ memberId, ref }) => [memberId as MemberId, ref]));
    const names = new Map(people.map(({ ref, name }) => [ref, name]));
    return rows.map((row, index) => {
      const card = cards[index] ?? { parts: [] };
      return drawRow(row, card, { account, reader, accounts: refs, names, now: now() });
    });
  }

  return {
    draw,
    async drawOne(row: MessageRow, account: Account): Promise<Message> {
      const [message] = await draw([row], account);
      if (!message) throw new Error('One row draws one message');
      return message;
    },
  };
}

type Scope = {
  account: Account;
  reader: Reader;
  accounts: ReadonlyMap<MemberId, string>;
  names: ReadonlyMap<string, string>;
  now: Date;
};

function drawRow(row: MessageRow, card: Card, { account, reader, accounts, names, now }: Scope): Message {
  const { askedBy, about } = row;
  const isGone = row.goneAt !== null;
  const shown = isGone ? { parts: [] } : card;
  const at = row.postedAt.toISOString();
  const clock = (show: 'date' | 'time') => wallClock({ instant: at, show }, reader.language, reader.timeZone);
  return {
    ref: row.id,
    place: row.placeRef,
    position: Number(row.position),
    change: Number(row.change),
    private: row.visibleTo !== null,
    about:
      askedBy === null || about === null
        ? null
        : { name: names.get(askedBy) ?? askedBy, you: askedBy === account.ref, text: about },
    postedAt: at,
    posted: { day: clock('date'), time: clock('time') },
    tone: shown.tone ?? 'plain',
    blocks: drawCard(shown, {
      reader,
      account: account.ref,
      accounts,
      now,
      fileHref: (index) => `/api/messages/${row.id}/files/${index}?as=${encodeURIComponent(account.ref)}`,
    }),
    text: cardText(shown, reader),
    gone: isGone,
  };
}
