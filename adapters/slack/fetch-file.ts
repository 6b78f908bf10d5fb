import { PersonError } from '../../src/core/errors.ts';
import type { Reader } from '../../src/core/reader.ts';
import { slackApi, timeoutMs } from './client-options.ts';
import type { FileRef } from './read-form.ts';
import { say } from './words.ts';

/** A table of 20,000 partners is about 4 MB; anything larger is no table. */
const mostBytes = 5 * 1024 * 1024;

/**
 * The text of a file that somebody put into a form (`files:read`). Throws a `PersonError` for what they can mend.
 * @param apiUrl the override of Slack's address: files then come from there too
 */
export async function fetchFile(
  file: FileRef,
  token: string,
  apiUrl: string | null,
  reader: Reader,
): Promise<string> {
  const most = Math.round(mostBytes / 1024);
  const tooBig = new PersonError(
    'slack.file-too-big',
    say(reader, 'file.too-big', { name: file.name, most }),
  );
  const unreadable = new PersonError(
    'slack.file-unreadable',
    say(reader, 'file.unreadable', { name: file.name }),
  );
  if (file.size > mostBytes) throw tooBig;
  // The token goes along: only to where Slack keeps files.
  if (!isSlackFile(file.url, apiUrl)) throw unreadable;
  let content: Buffer;
  try {
    const response = await fetch(file.url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw unreadable;
    content = Buffer.from(await response.arrayBuffer());
  } catch {
    throw unreadable;
  }
  if (content.length > mostBytes) throw tooBig;
  return readText(content);
}

function isSlackFile(url: string, apiUrl: string | null): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (apiUrl && apiUrl !== slackApi && origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && /^files\.(slack|slack-gov)\.com$/.test(hostname);
}

/** UTF-8, or what Excel writes in western Europe and North America when it does not write UTF-8. */
function readText(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}
