import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { features } from '../../src/features/all.ts';
import { chromiumBinary, openBrowser } from '../support/browser.ts';
import { openTestConsole, type TestConsole } from '../support/console.ts';

describe.skipIf(chromiumBinary === null)('a week in the demo', () => {
  let browser: Browser;
  let console: TestConsole;
  beforeAll(async () => {
    // A Tuesday, 09:00 in Winnipeg.
    const at = '2026-03-03T15:00:00Z';
    [browser, console] = await Promise.all([openBrowser(), openTestConsole({ features, at })]);
  });
  afterAll(async () => {
    await browser?.close();
    await console?.end();
  });

  test('staff schedule the digest, move the clock over the weekend and watch it arrive', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(console.url);
    await page.getByRole('button', { name: /Mara Quill/ }).click();
    await page.getByRole('button', { name: 'announcements' }).click();
    const line = page.getByRole('combobox', { name: /^Command in/ });
    await line.fill('/digest schedule weekday:monday time:09:00');
    await line.press('Enter');
    const log = page.getByRole('log');
    await log.getByText('Only you can see this').waitFor();

    const clock = page.getByRole('region', { name: 'Demo clock' });
    await clock.getByLabel('A date and time to go to').fill('2026-03-09T12:00');
    await clock.getByRole('button', { name: 'Go there' }).click();
    await clock.getByText('Mon, 9 Mar 2026, 12:00').waitFor();

    const digests = log.getByRole('article').filter({ hasNot: page.getByText('Only you can see this') });
    await digests.first().waitFor();
    expect(await digests.count()).toBe(1);
    const digest = digests.first();
    await digest.getByRole('heading').first().waitFor();
    expect(
      await digest.locator('time').first().textContent(),
      'at its own hour, not when the move ended',
    ).toBe('09:00');
    expect(await digest.textContent()).not.toMatch(/\blate\b/i);
  });
});
