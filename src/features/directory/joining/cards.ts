import { buttons, type Card, card, heading, note, paragraph } from '../../../core/card.ts';
import type { PartnerId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code } from '../../../core/text.ts';
import { editPress, showPress } from '../partners/cards.ts';
import { say } from '../words.ts';
import type { JoinDraft, JoinDraftId, Joined } from './store.ts';

export const joinFormPress = press('coalition.join', {});
export const joinTheirsPress = press('coalition.join-theirs', {
  draft: id<JoinDraftId>(),
  partner: id<PartnerId>(),
});
export const joinNewPress = press('coalition.join-new', { draft: id<JoinDraftId>() });
export const joinAgainPress = press('coalition.join-again', { draft: id<JoinDraftId>() });

/** "Did you mean Northside Food Bank?" */
export function didYouMeanCard(
  of: { draft: JoinDraft; id: JoinDraftId; near: { id: PartnerId; name: string } },
  reader: Reader,
): Card {
  const typed = of.draft.organisation;
  const label = (key: 'join.theirs' | 'join.new', name: string) => {
    const whole = say.plain(reader, key, { name });
    return whole.length <= limits.buttonLabel ? whole : say.plain(reader, `${key}-long`);
  };
  return card(
    heading(say.plain(reader, 'join.near')),
    paragraph(say(reader, 'join.near-what', { typed: code(typed), near: code(of.near.name) })),
    buttons(
      {
        id: joinTheirsPress.encode({ draft: of.id, partner: of.near.id }),
        label: label('join.theirs', of.near.name),
        look: 'primary',
      },
      { id: joinNewPress.encode({ draft: of.id }), label: label('join.new', typed) },
      { id: joinAgainPress.encode({ draft: of.id }), label: say.plain(reader, 'join.again') },
    ),
    note(say(reader, 'join.kept')),
  );
}

/** What they are now, and what to do next. */
export function joinedCard(of: Joined & { joined: 'now' | 'before' }, wanted: string, reader: Reader): Card {
  const { partner, standing, people } = of;
  const name = partner.name;
  const payload = { partner: partner.id };
  const representative = people.find((each) => each.standing === 'representative');
  const mayEdit = standing !== 'member';
  return card(
    heading(say.plain(reader, of.joined === 'now' ? 'join.done' : 'join.done-before', { name })),
    paragraph(say(reader, 'join.as', { standing: say.plain(reader, `standing.${standing}`) })),
    wanted === 'representative' &&
      standing === 'alternate' &&
      representative &&
      note(say(reader, 'join.taken', { person: representative.name })),
    wanted !== 'representative' && standing === 'representative' && note(say(reader, 'join.first')),
    paragraph(say(reader, mayEdit ? 'join.next-voice' : 'join.next', { help: code('/coalition help') })),
    buttons(
      mayEdit
        ? { id: editPress.encode(payload), label: say.plain(reader, 'join.card') }
        : { id: showPress.encode(payload), label: say.plain(reader, 'join.see') },
    ),
  );
}
