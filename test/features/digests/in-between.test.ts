import { afterEach, expect, test } from 'vitest';
import { paragraph } from '../../../src/core/card.ts';
import { cardText } from '../../../src/core/card-text.ts';
import type { Feature } from '../../../src/core/command.ts';
import { defineFeature } from '../../../src/core/command.ts';
import type { DigestSection } from '../../../src/core/digest-section.ts';
import { features } from '../../../src/features/all.ts';
import { say } from '../../../src/features/digests/words.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';

let bot: TestBot;
let coalition: TestCoalition;
afterEach(() => bot.end());

/** Monday 2 March 2026, 09:00 in Winnipeg. */
async function begin(more: readonly Feature[] = []) {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z', features: [...features, ...more] });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: [{ name: 'Food Bank', voices: ['Ben'] }],
  });
  await coalition.person('Ana').says('/digest schedule wednesday 09:00 general');
}

async function passTo(at: string) {
  bot.clockHand.goTo(at);
  await bot.settle();
}

const readOut = () =>
  bot.channel('general').map((each) => cardText(each.card, { language: 'en', timeZone: 'America/Winnipeg' }));
const tellers = (name: string) =>
  readOut().flatMap((digest, index) => (digest.includes(name) ? [index] : []));

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('a partner that is being written down while the digest is made is told of by the next one, once', async () => {
  await begin();
  const written = gate();
  const hold = gate();
  const adding = bot.database.$transaction(
    async (tx) => {
      const at = bot.clockHand.now();
      const name = 'Slow House';
      const row = { name, nameKey: 'slow house', joinedAt: at, confirmedAt: at, spotlightConsent: false };
      await tx.partner.create({ data: { coalitionId: coalition.id, ...row } });
      written.open();
      await hold.opened;
    },
    { timeout: 20_000 },
  );
  await written.opened;
  await passTo('2026-03-04T15:00:00Z');
  expect(readOut()).toHaveLength(1);
  expect(tellers('Food Bank')).toEqual([0]);
  hold.open();
  await adding;

  for (const at of ['2026-03-11T14:00:00Z', '2026-03-18T14:00:00Z', '2026-03-25T14:00:00Z']) {
    await coalition.person('Ben').says(`/digest announce News of ${at}`);
    await passTo(at);
  }
  expect(readOut()).toHaveLength(4);
  expect(tellers('Slow House')).toEqual([1]);
});

test('what arrives while the digest is being composed waits for the next one, partner and announcement alike', async () => {
  const composing = gate();
  const goOn = gate();
  // Stands last, so that every other section has been read by the time it waits.
  const slow: DigestSection = {
    name: 'slow',
    title: () => 'Slow',
    async collect() {
      composing.open();
      await goOn.opened;
      return [{ key: 'slow', label: 'Slow', parts: [paragraph(['Slow'])] }];
    },
  };
  await begin([defineFeature({ name: 'slow', say, adds: { digest: [slow] } })]);
  bot.clockHand.goTo('2026-03-04T15:00:00Z');
  const sending = bot.settle();
  await composing.opened;
  await coalition.addPartner({ name: 'Late House', spotlightConsent: false });
  const announcing = coalition.person('Ben').says('/digest announce Just too late');
  goOn.open();
  await Promise.all([sending, announcing]);
  await bot.settle();
  expect(readOut()).toHaveLength(1);
  await passTo('2026-03-11T14:00:00Z');
  await passTo('2026-03-18T14:00:00Z');
  expect(tellers('Late House')).toEqual([1]);
  expect(tellers('Just too late')).toEqual([1]);
});

test('many new partners are told of in one line, those it only counts included', async () => {
  await begin();
  for (let index = 1; index <= 12; index += 1) {
    await coalition.addPartner({ name: `House ${String(index).padStart(2, '0')}`, spotlightConsent: false });
  }
  await passTo('2026-03-04T15:00:00Z');
  expect(readOut()[0]).toContain('5 more');
  await coalition.person('Ben').says('/digest announce More');
  await passTo('2026-03-11T14:00:00Z');
  expect(readOut()[1]).toContain('More');
  expect(readOut()[1]).not.toContain('House');
});
