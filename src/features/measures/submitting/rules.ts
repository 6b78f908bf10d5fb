import type { Id, MemberId } from '../../../core/ids.ts';
import { type Member, speaksForPartner } from '../../../core/who.ts';
import type { Given } from '../figures/rules.ts';
import type { RequestId } from '../requests/rules.ts';
import type { Request } from '../requests/store.ts';

export type DraftId = Id<'measure-draft'>;

const ways = ['form', 'csv', 'same', 'link', 'staff'] as const;
export type Way = (typeof ways)[number];

/** A figure on its way in. `version`: the one it follows, which whoever gave it had before them; 0: none. */
export type Entry = {
  readonly request: RequestId;
  readonly version: number;
  readonly given: Given | null;
  readonly note: string;
  readonly link: string;
  readonly way: Way;
};

/** A partner's word is that of whoever speaks for it, or of the colleague it named for this measure. */
export function mayAnswer(
  member: Member,
  request: Pick<Request, 'partner'>,
  named: MemberId | null,
): boolean {
  if (member.standing === 'backbone') return true;
  if (member.partner?.id !== request.partner.id) return false;
  return speaksForPartner(member) || member.id === named;
}

export const mostNote = 500;
export const mostLink = 500;

/** Whether people of the partner wrote words with it: a contact, which a number alone is not. */
export const holdsWords = ({ way, note, given }: Pick<Entry, 'way' | 'note' | 'given'>): boolean =>
  (way === 'form' || way === 'csv') && (note.trim() !== '' || given?.figure.kind === 'text');
