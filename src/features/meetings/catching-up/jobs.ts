import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { firstVoiceOf } from '../answering/jobs.ts';
import type { Item } from '../meeting/items/store.ts';
import type { Guest, Meeting } from '../meeting/store.ts';
import { say } from '../words.ts';
import { packCard, wantsAnswer } from './cards.ts';

/** A pack for each organisation that was absent, to whoever speaks for it first. */
export async function sendPacks(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: Meeting,
  { guests, items }: { guests: readonly Guest[]; items: readonly Item[] },
): Promise<void> {
  const here = guests.filter(({ present }) => present).length;
  for (const guest of guests.filter(({ present }) => !present)) {
    const member = await firstVoiceOf(writing, coalition, guest);
    if (!member) continue;
    await tools.outreach.reach(writing, {
      coalition,
      member: member.id,
      kind: wantsAnswer(of, items, guest) ? 'ask' : 'give',
      from: 'meetings',
      subject: `${of.id}:pack`,
      why: say(coalition, 'why.pack'),
      card: packCard(of, { items, guest, here, coalition, reader: member, now: writing.now }),
    });
  }
}
