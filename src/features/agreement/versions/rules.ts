import type { CommitmentName } from '../../../core/commitment.ts';
import type { Id } from '../../../core/ids.ts';

export type VersionId = Id<'agreement-version'>;

/** What an agreement says, in its order. */
export const sectionNames = ['time', 'duration', 'gives', 'gets', 'changes', 'staying'] as const;
export type SectionName = (typeof sectionNames)[number];

/** Longest text of a section: all six fit one card. */
export const mostText = 480;

export type Terms = Readonly<Record<SectionName, string>> &
  /** What a partner commits itself to: roles as a number, meetings and data as a percentage; 0: nothing. */
  Readonly<Record<CommitmentName, number>> & {
    readonly renewMonths: number | null;
    readonly signingNeeded: boolean;
  };

export type Version = Terms & {
  readonly id: VersionId;
  readonly number: number;
  readonly state: 'draft' | 'adopted' | 'replaced';
  readonly adoptedAt: Date | null;
  readonly adoptedWhy: string;
  readonly decisionId: string | null;
};

export const emptyTerms: Terms = {
  time: '',
  duration: '',
  gives: '',
  gets: '',
  changes: '',
  staying: '',
  roles: 0,
  meetings: 0,
  data: 0,
  renewMonths: null,
  signingNeeded: false,
};

export type Change = { readonly section: SectionName; readonly before: string; readonly after: string };

/** The sections that read differently; spaces alone change nothing. */
export function changedSections(before: Terms, after: Terms): Change[] {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  return sectionNames
    .filter((section) => plain(before[section]) !== plain(after[section]))
    .map((section) => ({ section, before: before[section], after: after[section] }));
}

/** Whether a promise or a rule about signing differs. */
export function changedTerms(before: Terms, after: Terms): boolean {
  const names = ['roles', 'meetings', 'data', 'renewMonths', 'signingNeeded'] as const;
  return names.some((name) => before[name] !== after[name]);
}

/** What keeps a draft from being adopted: sections without a word in them. */
export function missingSections(terms: Terms): SectionName[] {
  return sectionNames.filter((section) => terms[section].trim() === '');
}
