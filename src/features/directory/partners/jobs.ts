import type { TimedJob } from '../../../core/command.ts';
import type { CoalitionId, PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { listVoices } from '../../../identity/store.ts';
import { say } from '../words.ts';
import { freshnessCard } from './cards.ts';
import { nextFreshnessAsk } from './rules.ts';
import { findPartner, type Partner, recordFreshnessAsked } from './store.ts';

const kind = 'directory.freshness';
/** An unanswered question is not worth asking after this long. */
const expiresAfterMs = 30 * 86_400_000;

/** Plans the question whether a partner's card is still right. Called whenever it gets a voice. */
export async function planFreshness(
  writing: Writing,
  coalitionId: CoalitionId,
  partner: Partner,
  tools: Pick<Tools, 'timers'>,
): Promise<void> {
  await tools.timers.cancel(writing, { coalitionId, kind, subject: partner.id });
  await setTimer(writing, coalitionId, partner, tools);
}

/** Tells every feature that somebody became a partner, or that a card or its voices changed. */
export async function tellPartnersChanged(
  writing: Writing,
  coalition: Coalition,
  tools: Tools,
): Promise<void> {
  for (const { adds } of tools.features()) await adds.partnersChanged?.({ writing, coalition, tools });
}

/** Asks the first voice, unless the card was confirmed meanwhile; then plans the next question. */
export const freshness: TimedJob = {
  kind,
  async run({ writing, coalition, subject, tools }) {
    const { tx, now } = writing;
    const partner = await findPartner(tx, coalition.id, subject);
    const [voice] = partner ? await listVoices(tx, coalition.id, partner.id) : [];
    // No longer a partner, or nobody speaks for it: whoever joins for it next plans the question again.
    if (!partner || partner.leftAt || !voice) return;
    if (nextFreshnessAsk(partner) > now) return setTimer(writing, coalition.id, partner, tools);
    await tools.outreach.reach(writing, {
      coalition,
      member: voice.id,
      kind: 'ask',
      from: 'directory',
      subject: `freshness:${partner.id}:${now.toISOString().slice(0, 10)}`,
      matters: 'little',
      why: say(coalition, 'why.freshness'),
      card: freshnessCard(partner, now, voice),
      expires: new Date(now.getTime() + expiresAfterMs),
    });
    await recordFreshnessAsked(writing, coalition.id, partner.id);
    await setTimer(writing, coalition.id, { ...partner, freshnessAskedAt: now }, tools);
  },
};

async function setTimer(
  writing: Writing,
  coalitionId: CoalitionId,
  partner: Partner,
  tools: Pick<Tools, 'timers'>,
): Promise<void> {
  const dueAt = nextFreshnessAsk(partner);
  const subject: PartnerId = partner.id;
  await tools.timers.set(writing, { coalitionId, kind, subject, occurrence: dueAt.toISOString(), dueAt });
}
