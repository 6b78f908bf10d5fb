import type { Feature, TimedJob } from '../../../core/command.ts';
import type { MemberId, PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember, listVoices } from '../../../identity/store.ts';
import { atWallClock, localDate } from '../../../time/wall-clock.ts';
import type { Version, VersionId } from '../versions/rules.ts';
import { findAdopted, recordAdopted } from '../versions/store.ts';
import { say } from '../words.ts';
import { askCard, renewalCard } from './cards.ts';
import { reminderDates, reminderOn } from './rules.ts';
import { findRenewal, findSignature, hasSignedBefore, listToAsk } from './store.ts';

const askKind = 'agreement.ask';
const renewalKind = 'agreement.renewal';
/** How many partners are asked in one transaction. */
const batch = 50;

/**
 * Puts a draft into force and asks every partner to sign it: the one place where that happens. Staff call it
 * with a stated reason; a decision that adopts an agreement calls it with its outcome as the reason and nobody
 * as `by`. Null: the draft is not there any more.
 */
export async function adoptVersion(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { version: VersionId; by: MemberId | null; why: string },
): Promise<Version | null> {
  const adopted = await recordAdopted(writing, coalition.id, of.version, {
    adoptedById: of.by,
    adoptedWhy: of.why,
  });
  if (!adopted) return null;
  await planBatch(writing, tools, coalition, adopted.id, 'first');
  return adopted;
}

async function planBatch(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  subject: VersionId,
  occurrence: string,
): Promise<void> {
  const timer = { coalitionId: coalition.id, kind: askKind, subject, occurrence };
  await tools.timers.set(writing, { ...timer, dueAt: writing.now });
}

/** Asks one batch of partners and plans the next, so that 300 partners take no long transaction. */
const ask: TimedJob = {
  kind: askKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const version = await findAdopted(writing.tx, coalition.id);
    // Replaced in the meantime: the version after it asks.
    if (version?.id !== subject) return;
    const after = occurrence === 'first' ? null : occurrence;
    const partners = await listToAsk(writing.tx, coalition.id, { after, take: batch });
    for (const { partnerId, partner, memberId } of partners) {
      const reader = memberId && (await findMember(writing.tx, coalition.id, memberId));
      if (!reader) continue;
      await askToSign(writing, tools, coalition, {
        version,
        reader,
        partner: { id: partnerId, name: partner },
      });
    }
    const last = partners.at(-1);
    if (last && partners.length === batch) {
      await planBatch(writing, tools, coalition, version.id, last.partnerId);
    }
  },
};

async function askToSign(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { version: Version; reader: Member; partner: { id: PartnerId; name: string } },
): Promise<void> {
  const { version, reader, partner } = of;
  const signedBefore = await hasSignedBefore(writing.tx, coalition.id, version.id, partner.id);
  await tools.outreach.reach(writing, {
    coalition,
    member: reader.id,
    kind: 'ask',
    from: 'agreement',
    subject: `sign:${version.id}:${partner.id}`,
    why: say(coalition, 'why.sign'),
    card: askCard(reader, { version, partner: partner.name, coalition: coalition.name, signedBefore }),
  });
}

/** What an organisation was asked and has not answered is asked of whoever takes over: to sign, or to sign again. */
export const handedOver: NonNullable<Feature['adds']['handedOver']> = async (scope) => {
  const { coalition, partnerId, from, writing, tools } = scope;
  const coalitionId = coalition.id;
  const version = await findAdopted(writing.tx, coalitionId);
  const reader = await findMember(writing.tx, coalitionId, scope.to);
  if (!version || reader?.partner?.id !== partnerId) return;
  const own = { coalitionId, from: 'agreement', members: [from] };
  const { partner } = reader;
  const signed = await findSignature(writing.tx, coalitionId, version.id, partnerId);
  if (!signed) {
    await tools.outreach.takeBack(writing, { ...own, subjectPrefix: `sign:${version.id}:${partnerId}` });
    return askToSign(writing, tools, coalition, { version, reader, partner });
  }
  await tools.outreach.takeBack(writing, { ...own, subjectPrefix: `renewal:${signed.id}#` });
  await askToRenew(writing, tools, coalition, { signature: signed.id, reader });
};

/** Plans the kind reminders before a signature runs out. */
export async function setRenewal(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  signature: { id: string; renewsOn: string },
): Promise<void> {
  for (const { reminder, on } of reminderDates(signature.renewsOn)) {
    await tools.timers.set(writing, {
      coalitionId: coalition.id,
      kind: renewalKind,
      subject: signature.id,
      occurrence: reminder,
      dueAt: atWallClock(on, '09:00', coalition.timeZone),
    });
  }
}

const renewal: TimedJob = {
  kind: renewalKind,
  async run({ writing, coalition, subject, occurrence, tools }) {
    const due = await findRenewal(writing.tx, coalition.id, subject);
    const [reader] = due ? await listVoices(writing.tx, coalition.id, due.partnerId) : [];
    if (reader) await askToRenew(writing, tools, coalition, { signature: subject, reader, only: occurrence });
  },
};

/** @param of.only nothing but this reminder; left out, the one whose time it is */
async function askToRenew(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { signature: string; reader: Member; only?: string },
): Promise<void> {
  const { signature, reader, only } = of;
  const due = await findRenewal(writing.tx, coalition.id, signature);
  const reminder = due && reminderOn(due.renewsOn, localDate(writing.now, coalition.timeZone));
  if (!due || !reminder || (only !== undefined && reminder !== only)) return;
  await tools.outreach.reach(writing, {
    coalition,
    member: reader.id,
    kind: 'ask',
    from: 'agreement',
    subject: `renewal:${signature}#${reminder}`,
    why: say(coalition, 'why.renewal'),
    card: renewalCard(reader, { ...due, reminder }),
  });
}

export const signingJobs = [ask, renewal];
