import type { Id, MemberId, PartnerId } from '../../../core/ids.ts';

export type HandOverId = Id<'hand-over'>;
const handOverReasons = ['left', 'bounced', 'silent', 'staff'] as const;
export type HandOverReason = (typeof handOverReasons)[number];

export type HandOver = {
  readonly id: HandOverId;
  readonly partnerId: PartnerId;
  readonly partner: string;
  readonly memberId: MemberId;
  readonly name: string;
  readonly why: HandOverReason;
  /** They have left the coalition, so they cannot stay. */
  readonly gone: boolean;
  /** They are here for another organisation by now. */
  readonly elsewhere: boolean;
  readonly successorId: MemberId | null;
  readonly open: boolean;
};

/** A representative who did nothing here for so long, though asked so often, may have gone. */
export const silence = { days: 120, asks: 3 };

export const silentKind = 'attention.silent';
export const unansweredKind = 'attention.hand-over-unanswered';
/** After so long without anybody named, a person on staff calls. */
export const answerDays = 7;

/** More people of an organisation than this are not asked at once. */
export const mostAsked = 4;
