import type { Reader } from '../../src/core/reader.ts';
import type { Text } from '../../src/core/text.ts';
import { say } from './words.ts';

export type GivenFile = { readonly name: string; readonly url: string; readonly size: number };
type ReadFile = { readonly ok: true; readonly text: string } | { readonly ok: false; problem: Text };

const fetchMs = 15_000;
/** A character takes at most four bytes in UTF-8. */
const bytesPerCharacter = 4;
const discordHosts = ['cdn.discordapp.com', 'media.discordapp.net'];

/**
 * Fetches the text of a file somebody attached. Only from Discord's own servers, or from the configured
 * address in their place: the address comes in a payload.
 * @param max most characters, as the field allows
 */
export async function readFile(
  file: GivenFile,
  max: number,
  { reader, apiUrl }: { reader: Reader; apiUrl: string | null },
): Promise<ReadFile> {
  const refuse = (key: 'file.too-big' | 'file.unreadable' | 'file.not-text'): ReadFile => ({
    ok: false,
    problem: say(reader, key, { name: file.name, most: max }),
  });
  const most = max * bytesPerCharacter;
  if (file.size > most) return refuse('file.too-big');
  try {
    const url = new URL(file.url);
    const allowed = url.protocol === 'https:' && discordHosts.includes(url.hostname);
    if (!allowed && (apiUrl === null || new URL(apiUrl).host !== url.host)) return refuse('file.unreadable');
    const response = await fetch(url, { signal: AbortSignal.timeout(fetchMs), redirect: 'error' });
    if (!response.ok || !response.body) return refuse('file.unreadable');
    const bytes: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > most) return refuse('file.too-big');
      bytes.push(chunk);
    }
    const text = decoded(Buffer.concat(bytes));
    if (text === null) return refuse('file.not-text');
    return text.length > max ? refuse('file.too-big') : { ok: true, text };
  } catch {
    return refuse('file.unreadable');
  }
}

/** UTF-8, or what spreadsheets write instead: UTF-16 with its mark, else Windows-1252. Null: no text. */
function decoded(bytes: Buffer): string | null {
  const marks = bytes.subarray(0, 2).toString('hex');
  if (marks === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (marks === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
