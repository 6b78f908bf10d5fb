import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { features } from '../../src/features/all.ts';
import { chromiumBinary, openBrowser } from '../support/browser.ts';
import { openTestConsole, type TestConsole } from '../support/console.ts';

describe.skipIf(chromiumBinary === null)('the demo in a browser', () => {
  let browser: Browser;
  let console: TestConsole;
  beforeAll(async () => {
    [browser, console] = await Promise.all([openBrowser(), openTestConsole({ features })]);
  });
  afterAll(async () => {
    await browser?.close();
    await console?.end();
  });

  const line = (page: Page) => page.getByRole('combobox', { name: /^Command in/ });
  const lastMessage = (page: Page) => page.getByRole('log').getByRole('article').last();

  test('staff import five thousand partners, move the clock, and read the digest that tells of them', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(console.url);
    await page.getByRole('button', { name: /Mara Quill/ }).click();
    await line(page).fill('/partners import');
    await line(page).press('Enter');
    const form = page.getByRole('dialog', { name: '/partners import' });
    const rows = Array.from({ length: 5000 }, (_, n) => `Organisation ${n},Sector ${n % 30}`);
    const buffer = Buffer.from(['Name,Sector', ...rows].join('\r\n'));
    await form.getByLabel('CSV file').setInputFiles({ name: 'partners.csv', mimeType: 'text/csv', buffer });
    await form.getByText('partners.csv: 5,001 lines read').waitFor();
    await form.getByRole('button', { name: 'Send' }).click();
    await lastMessage(page).getByText('5,000 partners are created').waitFor();
    await lastMessage(page).getByRole('button', { name: 'Import 5,000 partners' }).click();
    await lastMessage(page).getByText('The import is running').waitFor();
    await page.getByRole('button', { name: /^Direct messages/ }).click();
    await lastMessage(page).getByText('5,000 partners created').waitFor();

    await page.getByRole('button', { name: /announcements/ }).click();
    const clock = page.getByRole('region', { name: 'Demo clock' });
    await clock.getByLabel('A date and time to go to').fill('2026-03-04T09:00');
    await clock.getByRole('button', { name: 'Go there' }).click();
    await lastMessage(page).getByText('Ready by Five (demo): this week').waitFor();
    await lastMessage(page).getByText('4,993 more partners joined').waitFor();
    await lastMessage(page).getByText('In the spotlight').waitFor();
  }, 120_000);
});
