import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumBinary, openBrowser } from '../support/browser.ts';
import { openTestConsole, type TestConsole } from '../support/console.ts';
import { scriptAs } from '../support/console-script.ts';
import { planning } from '../support/sample-days.ts';
import { makeSampleFeature } from '../support/sample-feature.ts';

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.skipIf(chromiumBinary === null)('the console in a browser', () => {
  let browser: Browser;
  let console: TestConsole;
  let pages: Page[] = [];
  const errors: string[] = [];
  beforeAll(async () => {
    [browser, console] = await Promise.all([
      openBrowser(),
      openTestConsole({ features: [makeSampleFeature(), planning] }),
    ]);
  });
  afterEach(async () => {
    for (const page of pages) await page.context().close();
    pages = [];
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await console?.end();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(8000);
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) errors.push(message.text());
    });
    pages.push(page);
    await page.goto(console.url);
    return page;
  }
  async function openAs(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await open(options);
    await page.getByRole('button', { name: new RegExp(name) }).click();
    await line(page).waitFor();
    return page;
  }
  const line = (page: Page) => page.getByRole('combobox', { name: /^Command in/ });
  const lastMessage = (page: Page) => page.getByRole('log').getByRole('article').last();
  async function say(page: Page, typed: string) {
    await isReady(page);
    await line(page).fill(typed);
    await line(page).press('Enter');
  }
  /** An answer may arrive as an event before its own request has ended; the next one waits for that. */
  const isReady = (page: Page) => page.getByRole('button', { name: 'Send', exact: true }).waitFor();
  /** What the page says of its own accessibility, as a list of what is wrong. */
  async function findBarriers(page: Page): Promise<string[]> {
    // Injected by the test itself: the page's own policy allows no script but its own.
    await page.evaluate(await readAxe());
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
      type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
    });
  }
  async function readAxe(): Promise<string> {
    const { readFile } = await import('node:fs/promises');
    return readFile(axeSource, 'utf8');
  }

  test('somebody picks a person, completes a command and gets a private answer', async () => {
    const page = await openAs('Priya Raman');
    await line(page).pressSequentially('/sample ann');
    await page.getByRole('option', { name: /\/sample announce/ }).waitFor();
    await line(page).press('Enter');
    await line(page).pressSequentially('sum');
    await page.getByRole('option', { name: 'Summer school' }).click();
    expect(await line(page).inputValue()).toBe('/sample announce title:Summer school ');
    await line(page).pressSequentially('colour:gr');
    await page.getByRole('option', { name: 'Green' }).waitFor();
    await line(page).press('Tab');
    await line(page).press('Enter');
    await lastMessage(page).getByText('Summer school, 1 time').waitFor();
    expect(await lastMessage(page).getByText('Only you can see this').count()).toBe(0);

    await say(page, '/sample everything');
    await lastMessage(page).getByText('Only you can see this').waitFor();
    await lastMessage(page).getByRole('button', { name: 'Answer privately' }).click();
    await lastMessage(page).getByText('Only you read this.').waitFor();
    await page.reload();
    await lastMessage(page).getByText('Only you read this.').waitFor();
  });

  test('a form shows what is wrong beside its field, and loses nothing when it is closed', async () => {
    const page = await openAs('Dana Whitford');
    await say(page, '/sample form');
    const form = page.getByRole('dialog', { name: 'Simple things' });
    await form.getByLabel('Story').fill('Once upon a time');
    await form.getByLabel('How many').fill('99');
    await form.getByRole('button', { name: 'Keep' }).click();
    await form.getByText('Give a whole number from 1 to 10.').waitFor();
    expect(await form.getByLabel('How many').getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement?.id')).toBe(
      await form.getByLabel('How many').getAttribute('id'),
    );
    expect(await findBarriers(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden' });
    await page.reload();
    await page.getByText('“Simple things” is not sent yet').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    expect(await form.getByLabel('Story').inputValue()).toBe('Once upon a time');
    await form.getByLabel('How many').fill('2');
    await form.getByLabel('Colour').selectOption('red');
    await form.getByRole('radio', { name: 'Yes' }).check();
    await form.getByRole('button', { name: 'Keep' }).click();
    await lastMessage(page).getByText('Kept “Spring fair” with 2 things').waitFor();
    await form.waitFor({ state: 'hidden' });
    await page.waitForFunction('document.activeElement?.role === "combobox"');
  });

  test('a day is chosen with the keyboard, light or dark, and what is no day can be corrected', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openAs('Dana Whitford', { colorScheme, locale: 'en-GB' });
      await say(page, '/plan form');
      const form = page.getByRole('dialog', { name: 'Days' });
      const day = form.getByLabel('On which day');
      expect([await day.getAttribute('type'), await day.inputValue()]).toEqual(['date', '2031-03-04']);
      await day.focus();
      // Whether the browser puts the day or the month first.
      await page.keyboard.type('05052031');
      expect(await day.inputValue()).toBe('2031-05-05');
      const time = form.getByLabel('Until when');
      expect(await time.getAttribute('type')).toBe('datetime-local');
      await form.getByText(/Times are in /).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await time.fill('2031-03-06T15:30');
      await form.getByRole('button', { name: 'Plan' }).click();
      await lastMessage(page).getByText('Planned for 2031-05-05, until 2031-03-06 at 15:30').waitFor();
    }

    const page = await openAs('Dana Whitford');
    await say(page, '/plan day on:someday');
    const typed = page.getByRole('dialog').getByLabel('On which day');
    expect([await typed.getAttribute('type'), await typed.inputValue()]).toEqual(['text', 'someday']);
    await typed.fill('3 April 2031');
    await typed.press('Enter');
    await lastMessage(page).getByText('Planned for 2031-04-03').waitFor();
  });

  test('a file is chosen and read', async () => {
    const page = await openAs('Dana Whitford');
    await say(page, '/sample gather');
    const form = page.getByRole('dialog', { name: 'Gathered things' });
    const buffer = Buffer.from('name\r\nAna\r\nBen\r\n');
    await form
      .getByLabel('Table of names')
      .setInputFiles({ name: 'names.csv', mimeType: 'text/csv', buffer });
    await form.getByText('names.csv: 3 lines read').waitFor();
    await form.getByLabel('Person').selectOption({ label: 'Mara Quill' });
    await form.getByRole('button', { name: 'Send' }).click();
    await lastMessage(page).getByText('Read 3 lines').waitFor();
  });

  test('messages and redraws arrive by themselves, and other channels say that something is new', async () => {
    const page = await openAs('Hugo Lindqvist');
    const mara = scriptAs(console, 'mara-quill');
    await mara.says('/sample announce title:From Mara');
    await lastMessage(page).getByText('From Mara, 1 time').waitFor();

    await scriptAs(console, 'mara-quill', 'introductions').says('/sample announce title:Elsewhere');
    await page.getByRole('button', { name: /introductions 1 new/ }).click();
    await lastMessage(page).getByText('Elsewhere, 1 time').waitFor();

    await mara.says('/sample live where:introductions');
    await lastMessage(page).getByText('Pressed once').waitFor();
    await lastMessage(page).getByRole('button', { name: 'Count' }).click();
    const sure = page.getByRole('dialog', { name: 'Are you sure?' });
    await sure.getByText('Count one more?').waitFor();
    await sure.getByRole('button', { name: 'Count' }).click();
    await lastMessage(page).getByText('Pressed 2 times').waitFor();
    await lastMessage(page).getByLabel('Choose a colour').selectOption('Blue');
    await lastMessage(page).getByRole('button', { name: 'Choose' }).click();
    await lastMessage(page).getByText('Picked blue').waitFor();
  });

  test('a file on a card is downloaded', async () => {
    const page = await openAs('Mara Quill');
    await say(page, '/sample everything');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      lastMessage(page)
        .getByRole('link', { name: /names\.csv/ })
        .click(),
    ]);
    expect(download.suggestedFilename()).toBe('names.csv');
  });

  test('the clock is moved on and what was due arrives', async () => {
    const page = await openAs('Mara Quill');
    await page.getByRole('button', { name: 'announcements' }).click();
    await say(page, '/sample remind days:3 where:#announcements');
    await lastMessage(page).getByText('It comes by itself.').waitFor();
    const clock = page.getByRole('region', { name: 'Demo clock' });
    await clock.getByText('Mon, 2 Mar 2026, 09:00').waitFor();
    await clock.getByRole('button', { name: /^Next due/ }).click();
    await lastMessage(page).getByText('The reminder is here').waitFor();
    await clock.getByText('Thu, 5 Mar 2026, 09:00').waitFor();
    await clock.getByLabel('A date and time to go to').fill('2026-03-09T10:30');
    await clock.getByRole('button', { name: 'Go there' }).click();
    await clock.getByText('Mon, 9 Mar 2026, 10:30').waitFor();
  });

  test('everything can be done with the keyboard alone', async () => {
    const page = await open();
    await page.getByRole('button', { name: /Amina Yusuf/ }).waitFor();
    const isOn = (name: string) =>
      page.evaluate<boolean>(
        `document.activeElement.matches('button') && document.activeElement.textContent.includes('${name}')`,
      );
    for (let steps = 0; !(await isOn('Amina Yusuf')); steps += 1) {
      if (steps > 40) throw new Error('Tab never reached the person');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await line(page).waitFor();
    await page.keyboard.type('/sample anno');
    await page.getByRole('option', { name: /announce/ }).waitFor();
    await page.keyboard.press('Tab');
    // Keys in the same frame as the completion would still meet the line of before.
    await page.waitForFunction(`document.activeElement.value.startsWith('/sample announce')`);
    await page.keyboard.type('wint');
    await page.getByRole('option', { name: 'Winter supper' }).waitFor();
    await page.keyboard.press('ArrowDown');
    const active = await line(page).getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).textContent()).toContain('Winter supper');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await lastMessage(page).getByText('Winter supper, 1 time').waitFor();

    await isReady(page);
    await page.keyboard.type('/sample form');
    // Closed before they are there, the suggestions would come up again and take the next Enter.
    await page.getByRole('option', { name: /form/ }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Simple things' });
    await form.waitFor();
    // The dialog is there a moment before it has the focus.
    await page.waitForFunction(`document.activeElement.closest('dialog') !== null`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('3');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Blue');
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: 'Keep' }).press('Enter');
    await lastMessage(page).getByText('with 3 things').waitFor();
  });

  test('what somebody typed is shown and never acts', async () => {
    const page = await openAs('Wes Dubois');
    await say(page, '/sample announce title:<img src=x onerror=alert(1)><b>no</b>');
    await lastMessage(page).getByText('<img src=x onerror=alert(1)><b>no</b>, 1 time').waitFor();
    expect(await lastMessage(page).locator('img').count()).toBe(0);
  });

  test('an unknown command and a plain sentence are answered with the next step', async () => {
    const page = await openAs('Wes Dubois');
    await say(page, '/sampel form');
    await lastMessage(page).getByText('Did you mean').waitFor();
    await say(page, 'hello there');
    await page.getByRole('alert').getByText('Start with a slash').waitFor();
    expect(await line(page).inputValue()).toBe('hello there');
  });

  test('whoever types on while an answer is on its way keeps what they typed', async () => {
    const page = await openAs('Wes Dubois');
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/api/say', async (route) => {
      const response = await route.fetch();
      await held;
      await route.fulfill({ response });
    });
    await say(page, '/sample everything');
    // The answer is read by itself before the request that asked for it has ended.
    await lastMessage(page).getByText('Every part').waitFor();
    await line(page).fill('/');
    await page.getByRole('listbox').waitFor();
    letGo();
    await page.getByRole('button', { name: 'Send' }).waitFor();
    expect(await line(page).inputValue()).toBe('/');
    expect(await page.getByRole('listbox').isVisible()).toBe(true);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`nothing stands in anybody’s way, ${colorScheme}, wide or on a phone`, async () => {
      const page = await open({ colorScheme });
      await page.getByRole('button', { name: /Sage Morriseau/ }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      const ground = await page.evaluate<string>(
        'getComputedStyle(document.documentElement).backgroundColor',
      );
      const [red = 0] = (ground.match(/\d+/g) ?? []).map(Number);
      expect(red > 128).toBe(colorScheme === 'light');

      await page.getByRole('button', { name: /Sage Morriseau/ }).click();
      await say(page, '/sample everything');
      await lastMessage(page).getByText('Every part').waitFor();
      await line(page).fill('/');
      await page.getByRole('listbox').waitFor();
      expect(await findBarriers(page)).toEqual([]);

      await page.setViewportSize({ width: 360, height: 740 });
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, 'pixels that a phone would have to scroll sideways').toBe(0);
      await line(page).fill('');
      await page.getByRole('button', { name: 'Show places' }).click();
      await page.getByRole('button', { name: 'Direct messages' }).click();
      await page.getByRole('heading', { name: 'Direct messages', level: 1 }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
    });
  }

  test('without the password there is a page that asks for it', async () => {
    const guarded = await openTestConsole({ password: 'correct horse battery' });
    try {
      const page = await open();
      await page.goto(guarded.url);
      await page.getByLabel('Password').fill('wrong horse');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('That is not the password.').waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await page.getByLabel('Password').fill('correct horse battery');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Who would you like to be?' }).waitFor();
    } finally {
      await guarded.end();
    }
  });
});
