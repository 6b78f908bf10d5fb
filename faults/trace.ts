import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Stage } from './stage.ts';

/**
 * Writes down beside what the processes wrote: every call that they made to a platform, in order, and every message as
 * the rows have it. With these a message that is lost or doubled can be followed.
 */
export async function keepTrace({ slack, discord, server, logFolder }: Stage): Promise<void> {
  const onDiscord = discord.peer.requests.map(({ at, method, path }) => ({
    at,
    call: `discord ${method} ${path}`,
  }));
  const onSlack = slack.peer.calls.map(({ at, method, args }) => ({
    at,
    call: `slack ${method} ${args.channel ?? ''}`,
  }));
  const calls = [...onDiscord, ...onSlack].sort((a, b) => a.at - b.at);
  const lines = calls.map(({ at, call }) => `${new Date(at).toISOString()} ${call}\n`);
  writeFileSync(path.join(logFolder, 'calls.log'), lines.join(''));
  const messages = await server.rows<Record<string, unknown>>(
    `select o."id", o."key", o."state", o."attempts", o."failure", o."sentAt", p."messageRef"
     from "Outgoing" o left join "Posting" p on p."outgoingId" = o."id" order by o."position"`,
  );
  const rows = messages.map((message) => `${JSON.stringify(message)}\n`);
  writeFileSync(path.join(logFolder, 'messages.log'), rows.join(''));
}
