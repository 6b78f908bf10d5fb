import { type Answer, type Mistaken, mistaken, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, note } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice, optional, paragraph, yesNo } from '../../../core/field.ts';
import type { PartnerId } from '../../../core/ids.ts';
import type { Tools } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import { isDuplicate } from '../../../database.ts';
import { memberField } from '../../../identity/fields.ts';
import { arrangePerson } from '../joining/store.ts';
import { say } from '../words.ts';
import {
  addFormPress,
  editCard,
  givesFormPress,
  partnerCard,
  peopleFormPress,
  whatFormPress,
} from './cards.ts';
import { areaField, itemsField, organisationName, sectorField, sizeBandField } from './fields.ts';
import {
  emptyCard,
  foldName,
  mayArrangePeople,
  mayEditPartner,
  nearPartner,
  type PartnerCard,
  partnerLimits,
  type SizeBand,
} from './rules.ts';
import { changePartner, findPartner, listPartnerNames, listPeople, openPartner } from './store.ts';

const whatFields = {
  name: organisationName(),
  does: optional(paragraph({ max: partnerLimits.does })),
  sector: sectorField(),
  size: sizeBandField(),
  area: areaField(),
};

export const addForm = defineForm({
  press: addFormPress,
  answers: 'privately',
  by: 'backbone',
  fields: whatFields,
  async submit({ values, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const others = await listPartnerNames(tools.database, coalition.id);
    const added = { ...emptyCard, ...whatOf(values) };
    const { partner, opened } = await tools.write((writing) => openPartner(writing, coalition.id, added));
    if (!opened) return mistaken(say(reader, 'add.there', { name: code(partner.name) }));
    const near = nearPartner(partner.name, others);
    const drawn = partnerCard({ partner, people: [], viewer: member, now }, reader);
    const alike = near && note(say(reader, 'add.near', { near: code(near.name) }));
    return shown(card(note(say(reader, 'add.done')), ...drawn.parts, alike));
  },
});

/** The first half of a partner card. */
export const whatForm = defineForm({
  press: whatFormPress,
  answers: 'privately',
  by: 'member',
  fields: whatFields,
  submit: ({ payload, values, asked, tools }) => save(payload.partner, whatOf(values), asked, tools),
});

/** The second half. */
export const givesForm = defineForm({
  press: givesFormPress,
  answers: 'privately',
  by: 'member',
  fields: { offers: itemsField(), needs: itemsField(), languages: itemsField(), spotlight: yesNo() },
  submit({ payload, values, asked, tools }) {
    const { offers = [], needs = [], languages = [], spotlight } = values;
    const changes = { offers, needs, languages, spotlightConsent: spotlight };
    return save(payload.partner, changes, asked, tools);
  },
});

/** Who of a partner's people speaks for it. */
export const peopleForm = defineForm({
  press: peopleFormPress,
  answers: 'privately',
  by: 'member',
  fields: { person: memberField(), standing: choice(['representative', 'alternate', 'member'], 'standing') },
  async submit({ payload, values, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const { person, standing } = values;
    const partner = await findPartner(tools.database, coalition.id, payload.partner);
    if (!partner) return refused('directory.no-partner', say(reader, 'partner.gone'));
    if (!mayArrangePeople(member, partner.id))
      return refused('directory.not-yours', say(reader, 'people.not-yours', { name: partner.name }));
    const arranged = await tools.write((writing) =>
      arrangePerson(writing, coalition.id, { partner: partner.id, person: person.id, standing }),
    );
    const names = { person: person.name, name: partner.name };
    switch (arranged) {
      case 'not-theirs':
        return mistaken(say(reader, 'people.not-theirs', names));
      case 'staff':
        return mistaken(say(reader, 'people.staff', names));
      case 'no-representative':
        return mistaken(say(reader, 'people.no-representative', names));
      case 'arranged': {
        const people = await listPeople(tools.database, coalition.id, partner.id);
        return shown(partnerCard({ partner, people, viewer: member, now }, reader));
      }
      default:
        return arranged satisfies never;
    }
  },
});

type What = {
  name: string;
  does: string | undefined;
  sector: string | undefined;
  size: SizeBand | undefined;
  area: string | undefined;
};

function whatOf(values: What) {
  const { name, does = '', sector = '', size = '', area = '' } = values;
  return { name, does, sector, sizeBand: size, area } satisfies Partial<PartnerCard>;
}

/** Checks again who asks: the form may have been open for a day. */
async function save(
  id: PartnerId,
  changes: Partial<PartnerCard>,
  asked: AskedBy<'member'>,
  tools: Tools,
): Promise<Answer | Mistaken> {
  const { coalition, member, reader } = asked;
  const gone = refused('directory.no-partner', say(reader, 'partner.gone'));
  const before = await findPartner(tools.database, coalition.id, id);
  if (!before || before.leftAt) return gone;
  if (!mayEditPartner(member, id))
    return refused('directory.not-yours', say(reader, 'edit.not-yours', { name: before.name }));
  const taken = mistaken(say(reader, 'edit.name-taken', { name: code(changes.name ?? '') }));
  try {
    const changed = await tools.write((writing) => changePartner(writing, coalition.id, id, changes));
    if (!changed.ok) return changed.why === 'gone' ? gone : taken;
    const drawn = editCard({ partner: changed.partner, viewer: member }, reader);
    return shown(card(note(say(reader, 'edit.saved')), ...drawn.parts));
  } catch (error) {
    // Somebody took the name between our look and our write.
    if (isDuplicate(error) && changes.name && foldName(changes.name) !== foldName(before.name)) return taken;
    throw error;
  }
}
