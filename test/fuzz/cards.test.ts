import { describe, expect, test } from 'vitest';
import { drawCard as drawForConsole } from '../../adapters/console/draw-card.ts';
import { drawCard as drawForDiscord } from '../../adapters/discord/draw-card.ts';
import { escaped } from '../../adapters/discord/markdown.ts';
import { drawCard as drawForSlack } from '../../adapters/slack/draw-card.ts';
import { escapeMrkdwn } from '../../adapters/slack/draw-text.ts';
import { cardText } from '../../src/core/card-text.ts';
import { escapeMarkup } from '../../src/core/markup.ts';
import { findActingInDiscord } from '../support/discord/find-acting.ts';
import { messageProblems } from '../support/discord/missing-rules.ts';
import type { MessageBody } from '../support/discord/world.ts';
import { anyCard, knownMember } from '../support/fuzz/any-card.ts';
import { tries } from '../support/fuzz/cases.ts';
import { hostileText } from '../support/fuzz/hostile-text.ts';
import { findBlockProblems } from '../support/slack/block-rules.ts';
import { findActing } from '../support/slack/read-blocks.ts';

const reader = { language: 'en', timeZone: 'Europe/Berlin' };
const slackAccount = 'U0KNOWN001';
const discordAccount = '999999999999999999';

describe('a card of anything', () => {
  test('is taken by Slack, and only what the card means acts in it', () => {
    tries('slackCards', anyCard, (card) => {
      const accounts = new Map([[knownMember, slackAccount]]);
      const { blocks, text } = drawForSlack(card, { reader, accounts, files: 'here' });
      expect(findBlockProblems(blocks, 'message')).toEqual([]);
      expect(text.length).toBeLessThanOrEqual(40_000);
      const meant = [`<@${slackAccount}>`, '<https://good.example/|', '<#C0KNOWN001>'];
      const acting = findActing({ text, blocks: JSON.parse(JSON.stringify(blocks)) });
      expect(acting.filter((each) => !meant.some((one) => each.startsWith(one)))).toEqual([]);
    });
  });

  test('is taken by Discord, and only what the card means acts in it', () => {
    tries('discordCards', anyCard, (card) => {
      const accounts = new Map([[knownMember, discordAccount]]);
      const { body, files } = drawForDiscord({ card, reader, accounts });
      const sent = JSON.parse(JSON.stringify(body)) as MessageBody;
      expect(
        messageProblems(
          sent,
          files.map(({ name }) => name),
          true,
        ),
      ).toEqual([]);
      expect(findActingInDiscord(sent, [discordAccount])).toEqual([]);
    });
  });

  test('is drawn for the console as plain data, and no address in it runs anything', () => {
    tries('consoleCards', anyCard, (card) => {
      const viewer = { reader, accounts: new Map(), account: 'ana', now: new Date(0), fileHref: String };
      const blocks = drawForConsole(card, viewer);
      expect(blocks.length).toBe(card.parts.length);
      for (const [, href] of JSON.stringify(blocks).matchAll(/"href":"([a-z]+:)/gi))
        expect(['http:', 'https:', 'mailto:']).toContain(href);
      expect(cardText(card, reader)).toBeTypeOf('string');
    });
  });
});

test('nothing that is typed is markup any more once it is escaped', () => {
  tries('escaping', hostileText(400), (typed) => {
    expect(escapeMrkdwn(typed)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    expect(escapeMarkup(typed)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
    const body = { components: [{ type: 10, content: escaped(typed) }], allowed_mentions: { parse: [] } };
    expect(findActingInDiscord(body as unknown as MessageBody, [])).toEqual([]);
  });
});
