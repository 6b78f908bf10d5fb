import { type Answer, refused } from '../../../../core/answer.ts';
import type { Asked } from '../../../../core/asked.ts';
import { code, instant } from '../../../../core/text.ts';
import { say } from '../../words.ts';
import { codeMinutes, triesAnHour } from './rules.ts';
import type { CodeTrouble, LinkKind } from './store.ts';

const commandOf = { workspace: '/coalition link', account: '/coalition link-me' } as const;

/** Says why a code does not work, and how to get one that does. */
export function refuseCode(why: CodeTrouble, kind: LinkKind, left: number, { reader }: Asked): Answer {
  const own = commandOf[kind];
  const other = commandOf[kind === 'workspace' ? 'account' : 'workspace'];
  const values = { command: code(own), other: code(other), left, minutes: codeMinutes };
  return refused(`directory.code-${why}`, say(reader, `code.${why}`, values));
}

export function refuseTries(againAt: Date, { reader }: Asked): Answer {
  const values = { most: triesAnHour, at: instant(againAt, reader.timeZone) };
  return refused('directory.code-tries', say(reader, 'code.tries', values));
}
