import { type Answer, refused } from '../../src/core/answer.ts';
import type { Incoming } from '../../src/core/incoming.ts';
import type { Tools } from '../../src/core/ports.ts';
import { findDirectWorkspace } from '../../src/identity/direct-workspace.ts';
import { readFile } from './read-file.ts';
import type { Received } from './receive.ts';
import { say } from './words.ts';

/** What could not be known without I/O: the text of files, and the workspace of a direct message. */
export async function completed(
  { incoming, files, direct }: Received,
  { tools, apiUrl }: { tools: Tools; apiUrl: string | null },
): Promise<{ incoming: Incoming } | { refused: Answer }> {
  const reader = { language: incoming.account.language ?? 'en', timeZone: 'UTC' };
  let workspace = incoming.workspace;
  if (direct) {
    const found = await findDirectWorkspace(tools.database, {
      platform: 'discord',
      messageRefs: direct.messageRefs,
      accountRef: incoming.account.ref,
    });
    if (!found) return { refused: refused('discord.direct', say(reader, 'direct.unknown')) };
    workspace = found;
  }
  const texts: Record<string, string> = {};
  for (const [name, { file, max }] of files) {
    const read = await readFile(file, max, { reader, apiUrl });
    if (!read.ok) return { refused: refused('discord.file', read.problem) };
    texts[name] = read.text;
  }
  return { incoming: { ...withTexts(incoming, texts), workspace } };
}

function withTexts(incoming: Incoming, texts: Readonly<Record<string, string>>): Incoming {
  if (incoming.act === 'submit') return { ...incoming, values: { ...incoming.values, ...texts } };
  if (incoming.act === 'command' && typeof incoming.typed !== 'string')
    return { ...incoming, typed: { ...incoming.typed, ...texts } };
  return incoming;
}
