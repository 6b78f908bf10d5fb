import { describe, expect, test } from 'vitest';
import { chromiumBinary } from '../support/browser.ts';
import { openTestConsole } from '../support/console.ts';
import { findBarriers, lastMessage, line, say, usePages } from '../support/console-pages.ts';
import { scriptAs } from '../support/console-script.ts';

describe.skipIf(chromiumBinary === null)('the console in a browser', () => {
  const { open, openAs, console } = usePages();

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
    await expect.poll(() => page.evaluate('document.activeElement?.role === "combobox"')).toBe(true);
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
    const mara = scriptAs(console(), 'mara-quill');
    await mara.says('/sample announce title:From Mara');
    await lastMessage(page).getByText('From Mara, 1 time').waitFor();

    await scriptAs(console(), 'mara-quill', 'introductions').says('/sample announce title:Elsewhere');
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

  test('what somebody typed is shown and never acts', async () => {
    const page = await openAs('Wes Dubois');
    await say(page, '/sample announce title:<img src=x onerror=alert(1)><b>no</b>');
    await lastMessage(page).getByText('<img src=x onerror=alert(1)><b>no</b>, 1 time').waitFor();
    expect(await lastMessage(page).locator('img').count()).toBe(0);
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
