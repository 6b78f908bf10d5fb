import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineCommand } from '../../../core/command.ts';
import { sayDate } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Text } from '../../../core/text.ts';
import { speaksForPartner } from '../../../core/who.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { findStanding } from '../../decisions/feature.ts';
import { agreementCard } from '../versions/cards.ts';
import type { Version } from '../versions/rules.ts';
import { findAdopted, findBefore, findDraft } from '../versions/store.ts';
import { say } from '../words.ts';
import { documentCard, signersCard, signersPerCard } from './cards.ts';
import { signingNow } from './rules.ts';
import { findSignature, listSigners } from './store.ts';

/** The agreement in force, and how the asker's organisation stands to it. */
const show = defineCommand({
  name: 'agreement show',
  bare: true,
  answers: 'privately',
  by: 'member',
  run: ({ asked, tools }) => showAgreement(asked, tools),
});

async function showAgreement(asked: AskedBy<'member'>, tools: Tools): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const version = await findAdopted(tools.database, coalition.id);
  const draft = await findDraft(tools.database, coalition.id);
  if (!version) {
    return refused('agreement.none', say(reader, draft ? 'show.draft-only' : 'show.none'));
  }
  const { standing, maySign } = await standingOf(asked, tools, version);
  const decided = version.decisionId
    ? await findStanding(tools.database, coalition, version.decisionId)
    : null;
  const before = await findBefore(tools.database, coalition.id, version.number);
  return shown(
    agreementCard(reader, {
      version,
      timeZone: coalition.timeZone,
      standing,
      maySign: maySign && speaksForPartner(member),
      hasBefore: before !== null,
      hasDraft: draft !== null,
      adoptedBy: decided?.passed ? decided.number : null,
    }),
  );
}

/** In a sentence: whether the asker's organisation has signed, who did, and until when it holds. */
export async function standingOf(
  asked: Pick<AskedBy<'member'>, 'coalition' | 'member' | 'reader' | 'now'>,
  tools: Tools,
  version: Version,
): Promise<{ standing: Text; maySign: boolean }> {
  const { coalition, member, reader } = asked;
  const { partner } = member;
  if (!partner) return { standing: say(reader, 'standing.no-partner'), maySign: false };
  const last = await findSignature(tools.database, coalition.id, version.id, partner.id);
  const today = localDate(asked.now, coalition.timeZone);
  const next = signingNow(last, today, version.renewMonths);
  const facts = { partner: partner.name, who: last?.memberName || say.plain(reader, 'comments.somebody') };
  const maySign = next !== 'signed-already';
  if (!last) return { standing: say(reader, 'standing.unsigned', facts), maySign };
  if (last.renewsOn === null) return { standing: say(reader, 'standing.signed', facts), maySign };
  const date = sayDate(reader, last.renewsOn);
  const key = today > last.renewsOn ? 'standing.ran-out' : 'standing.signed-until';
  return { standing: say(reader, key, { ...facts, date }), maySign };
}

const signatures = defineCommand({
  name: 'agreement signatures',
  answers: 'privately',
  by: 'backbone',
  run: ({ asked, tools }) => showSigners(asked, tools, 'unsigned', 0),
});

export async function showSigners(
  { coalition, reader, now }: AskedBy<'backbone'>,
  tools: Tools,
  which: 'signed' | 'unsigned',
  page: number,
): Promise<Answer> {
  const version = await findAdopted(tools.database, coalition.id);
  if (!version) return refused('agreement.none', say(reader, 'show.none'));
  const today = localDate(now, coalition.timeZone);
  const signed = which === 'signed';
  const { database } = tools;
  const span = { today, skip: page * signersPerCard, take: signersPerCard };
  const { signers, total } = await listSigners(database, coalition.id, version.id, { ...span, signed });
  const others = await listSigners(database, coalition.id, version.id, {
    ...span,
    signed: !signed,
    skip: 0,
    take: 1,
  });
  return shown(
    signersCard(reader, {
      number: version.number,
      which,
      page,
      signers,
      total,
      others: others.total,
      timeZone: coalition.timeZone,
    }),
  );
}

/** Far above any coalition: a page that prints. */
const mostInDocument = 10_000;

const exportDocument = defineCommand({
  name: 'agreement export',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const version = await findAdopted(tools.database, coalition.id);
    if (!version) return refused('agreement.none', say(reader, 'show.none'));
    const today = localDate(asked.now, coalition.timeZone);
    const { signers } = await listSigners(tools.database, coalition.id, version.id, {
      signed: true,
      today,
      skip: 0,
      take: mostInDocument,
    });
    const { name, timeZone } = coalition;
    return shown(documentCard(reader, { version, coalition: name, timeZone, signers }));
  },
});

export const signingCommands = [show, signatures, exportDocument];
