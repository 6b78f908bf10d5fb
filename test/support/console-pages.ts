import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openBrowser } from './browser.ts';
import { openTestConsole, type TestConsole } from './console.ts';
import { planning } from './sample-days.ts';
import { makeSampleFeature } from './sample-feature.ts';

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };

/** A console with the sample features and a browser to use it, for the tests of one `describe`. */
export function usePages() {
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

  /** The page before anybody is chosen; errors and refused contents fail the test. */
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
  return { open, openAs, console: () => console };
}

export const line = (page: Page) => page.getByRole('combobox', { name: /^Command in/ });
export const lastMessage = (page: Page) => page.getByRole('log').getByRole('article').last();

/** An answer may arrive as an event before its own request has ended; the next one waits for that. */
export const isReady = (page: Page) => page.getByRole('button', { name: 'Send', exact: true }).waitFor();

export async function say(page: Page, typed: string) {
  await isReady(page);
  await line(page).fill(typed);
  await line(page).press('Enter');
}

/** What the page says of its own accessibility, as a list of what is wrong. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Injected by the test itself: the page's own policy allows no script but its own.
  await page.evaluate(await readFile(axeSource, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}
