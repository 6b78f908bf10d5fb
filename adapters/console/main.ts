import { Hono } from 'hono';
import type { Bot } from '../../bot.ts';
import type { Messenger } from '../../src/core/ports.ts';
import type { DemoClock } from '../../src/time/demo-clock.ts';

export type Console = { readonly pages: Hono; readonly messenger: Messenger; close(): Promise<void> };

export async function openConsole(_of: {
  bot: Bot;
  /** Null where real workspaces are configured: then time cannot be moved. */
  demoClock: DemoClock | null;
  password: string | null;
}): Promise<Console> {
  const messenger = {} as Messenger;
  return { pages: new Hono(), messenger, close: async () => {} };
}
