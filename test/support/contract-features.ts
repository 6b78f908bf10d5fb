import { shown } from '../../src/core/answer.ts';
import { card, paragraph } from '../../src/core/card.ts';
import { defineCommand, defineFeature, type Feature } from '../../src/core/command.ts';
import type { MemberId } from '../../src/core/ids.ts';
import { text } from '../../src/core/text.ts';
import { wordsIn } from '../../src/core/words.ts';

/** Introduces everybody who has joined to each other. */
export const meeting = defineFeature({
  name: 'meeting',
  say: wordsIn({ 'command.meet': 'Meet' }),
  commands: [
    defineCommand({
      name: 'meet',
      bare: true,
      answers: 'privately',
      by: 'visitor',
      async run({ asked, tools }) {
        const { coalition } = asked;
        const members = await tools.database.member.findMany({ where: { coalitionId: coalition.id } });
        await tools.write((writing) =>
          tools.outreach.reachTogether(writing, {
            why: ['because it is tried'],
            ...{ coalition, kind: 'give', from: 'meeting', subject: 'all' },
            card: card(paragraph(text('Meet each other'))),
            each: members.map(({ id }) => ({
              member: id as MemberId,
              card: card(paragraph(text('Meet somebody'))),
            })),
          }),
        );
        return shown(card(paragraph(text('They will hear of it'))));
      },
    }),
  ],
});

/** A command whose handler waits until the test lets it go. */
export function makeWaitingFeature(): { feature: Feature; letGo(): void } {
  let letGo = () => {};
  const allowed = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const say = wordsIn({ 'command.waiting': 'Wait', answer: 'It was worth the wait' });
  const command = defineCommand({
    name: 'waiting',
    bare: true,
    answers: 'privately',
    by: 'anyone',
    async run({ asked }) {
      await allowed;
      return shown(card(paragraph(text(say.plain(asked.reader, 'answer')))));
    },
  });
  return { feature: defineFeature({ name: 'waiting', say, commands: [command] }), letGo: () => letGo() };
}
