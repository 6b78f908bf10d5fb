import { describe, expect, test } from 'vitest';
import { chromiumBinary } from '../support/browser.ts';
import { isReady, lastMessage, line, say, usePages } from '../support/console-pages.ts';

describe.skipIf(chromiumBinary === null)('typing commands in a browser', () => {
  const { open, openAs } = usePages();

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
    await expect.poll(() => line(page).inputValue()).toBe('/sample announce ');
    await page.keyboard.type('wint');
    await page.getByRole('option', { name: 'Winter supper' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('[aria-selected=true]').getByText('Winter supper').waitFor();
    const active = await page.locator('[aria-selected=true]').getAttribute('id');
    expect(await line(page).getAttribute('aria-activedescendant')).toBe(active);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await lastMessage(page).getByText('Winter supper, 1 time').waitFor();

    await isReady(page);
    await page.keyboard.type('/sample form');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Simple things' });
    await form.waitFor();
    // The dialog is there a moment before it has the focus.
    await expect.poll(() => page.evaluate(`document.activeElement.closest('dialog') !== null`)).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('3');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Blue');
    await page.keyboard.press('Enter');
    await form.getByRole('button', { name: 'Keep' }).press('Enter');
    await lastMessage(page).getByText('with 3 things').waitFor();
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

  test('keys that choose wait for the suggestions of the line as it stands', async () => {
    const page = await openAs('Wes Dubois');
    await page.route('**/api/complete', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await route.continue();
    });
    const value = () => line(page).inputValue();
    await page.keyboard.type('/sample anno');
    await page.keyboard.press('Tab');
    await expect.poll(value).toBe('/sample announce ');
    await page.keyboard.type('wint');
    await page.keyboard.press('ArrowDown');
    await page.locator('[aria-selected=true]').getByText('Winter supper').waitFor();
    await page.keyboard.press('Enter');
    expect(await value()).toContain('Winter supper');

    await line(page).fill('/sample');
    await page.keyboard.press('Escape');
    await page.waitForTimeout(400);
    expect(await page.getByRole('listbox').count()).toBe(0);
    await page.keyboard.press('Tab');
    expect(await page.evaluate<boolean>(`document.activeElement.id === 'line'`)).toBe(false);
  });
});
