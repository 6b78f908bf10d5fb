import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

const flags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Null where no Chromium is installed; the run has said so loudly by then. */
export const chromiumBinary = inject('chromiumBinary');

export function openBrowser(): Promise<Browser> {
  if (chromiumBinary === null) throw new Error('Chromium is not installed');
  return chromium.launch({ executablePath: chromiumBinary, args: flags });
}
