import { type Answer, aside, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, heading, note } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { openForm } from '../../../core/open-form.ts';
import type { Tools } from '../../../core/ports.ts';
import { say } from '../words.ts';
import {
  againPress,
  editCard,
  editGivesPress,
  editPeoplePress,
  editPress,
  editWhatPress,
  endConfirmCard,
  endConfirmPress,
  endPress,
  noSearch,
  pagePress,
  partnerCard,
  partnersCard,
  partnersPerPage,
  pickPress,
  showPress,
  stillRightPress,
} from './cards.ts';
import { givesForm, peopleForm, whatForm } from './forms.ts';
import { mayArrangePeople, mayEditPartner } from './rules.ts';
import {
  findPartner,
  findSearch,
  listPartners,
  listPeople,
  type Page,
  type Partner,
  recordConfirmed,
  recordSearch,
  recordStanding,
} from './store.ts';

type MemberAsked = AskedBy<'member'>;

export const turnPage = defineButton({
  press: pagePress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { search: ref, way, at } = payload;
    const search = ref === noSearch ? '' : await findSearch(tools.database, asked.coalition.id, ref);
    if (search === null) return refused('directory.no-search', say(asked.reader, 'list.old'));
    return shown(await pageOfPartners(search, way === 'start' ? null : { way, at }, asked, tools, ref));
  },
});

/** One page of the partners that a search finds; all of them when it is empty. */
export async function pageOfPartners(
  search: string,
  page: Page,
  asked: MemberAsked,
  tools: Tools,
  knownRef?: string,
) {
  const found = await listPartners(tools.database, asked.coalition.id, {
    search,
    page,
    take: partnersPerPage,
  });
  const needsRef = search !== '' && (found.hasBefore || found.hasAfter);
  const searchRef =
    knownRef ??
    (needsRef ? await tools.write((writing) => recordSearch(writing, asked.coalition.id, search)) : noSearch);
  return partnersCard({ search, searchRef, ...found }, asked.reader);
}

export const pick = defineButton({
  press: pickPress,
  answers: 'privately',
  by: 'member',
  async run({ picked, asked, tools }) {
    const partner = await findPartner(tools.database, asked.coalition.id, picked[0] ?? '');
    if (!partner) return refused('directory.no-partner', say(asked.reader, 'partner.gone'));
    return aside(await cardOf(partner, asked, tools));
  },
});

export const show = defineButton({
  press: showPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const partner = await findPartner(tools.database, asked.coalition.id, payload.partner);
    if (!partner) return refused('directory.no-partner', say(asked.reader, 'partner.gone'));
    return aside(await cardOf(partner, asked, tools));
  },
});

export async function cardOf(partner: Partner, asked: MemberAsked, tools: Tools) {
  const people = await listPeople(tools.database, asked.coalition.id, partner.id);
  return partnerCard({ partner, people, viewer: asked.member, now: asked.now }, asked.reader);
}

export const edit = defineButton({
  press: editPress,
  answers: 'privately',
  by: 'member',
  run: ({ payload, asked, tools }) =>
    withPartner(payload.partner, asked, tools, async (partner) =>
      aside(editCard({ partner, viewer: asked.member }, asked.reader)),
    ),
});

export const editWhat = defineButton({
  press: editWhatPress,
  answers: 'with-form',
  by: 'member',
  run: ({ payload, asked, tools }) =>
    withPartner(payload.partner, asked, tools, async ({ id, name, does, sector, sizeBand, area }) => ({
      answer: 'form',
      form: openForm(
        whatForm,
        say,
        asked.reader,
        { partner: id },
        { name, does, sector, size: sizeBand, area },
      ),
    })),
});

export const editGives = defineButton({
  press: editGivesPress,
  answers: 'with-form',
  by: 'member',
  run: ({ payload, asked, tools }) =>
    withPartner(payload.partner, asked, tools, async (partner) => {
      const { id, offers, needs, languages, spotlightConsent: spotlight } = partner;
      const initial = { offers, needs, languages, spotlight };
      return { answer: 'form', form: openForm(givesForm, say, asked.reader, { partner: id }, initial) };
    }),
});

export const editPeople = defineButton({
  press: editPeoplePress,
  answers: 'with-form',
  by: 'member',
  run: ({ payload, asked, tools }) =>
    withPartner(payload.partner, asked, tools, async (partner) => {
      if (!mayArrangePeople(asked.member, partner.id))
        return refused('directory.not-yours', say(asked.reader, 'people.not-yours', { name: partner.name }));
      return { answer: 'form', form: openForm(peopleForm, say, asked.reader, { partner: partner.id }) };
    }),
});

export const stillRight = defineButton({
  press: stillRightPress,
  answers: 'by-updating',
  by: 'member',
  run: ({ payload, asked, tools }) =>
    withPartner(payload.partner, asked, tools, async ({ id, name }) => {
      await tools.write((writing) => recordConfirmed(writing, asked.coalition.id, id));
      const { reader } = asked;
      return shown(
        card(heading(say.plain(reader, 'freshness.thanks')), note(say(reader, 'freshness.kept', { name }))),
      );
    }),
});

export const end = defineButton({
  press: endPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) =>
    withPartner(payload.partner, asked, tools, async (partner) => {
      const people = await listPeople(tools.database, asked.coalition.id, partner.id);
      return shown(endConfirmCard(partner, people.length, asked.reader));
    }),
});

export const endConfirm = defineButton({
  press: endConfirmPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => arrangeStanding(payload.partner, false, asked, tools),
});

export const again = defineButton({
  press: againPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => arrangeStanding(payload.partner, true, asked, tools),
});

async function arrangeStanding(
  id: Partner['id'],
  isPartner: boolean,
  asked: MemberAsked,
  tools: Tools,
): Promise<Answer> {
  const partner = await tools.write((writing) => recordStanding(writing, asked.coalition.id, id, isPartner));
  if (!partner) return refused('directory.no-partner', say(asked.reader, 'partner.gone'));
  return shown(await cardOf(partner, asked, tools));
}

/** Finds the partner that a button is about, and whether this person may change it. */
async function withPartner(
  id: Partner['id'],
  asked: MemberAsked,
  tools: Tools,
  run: (partner: Partner) => Promise<Answer>,
): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const partner = await findPartner(tools.database, coalition.id, id);
  if (!partner || partner.leftAt) return refused('directory.no-partner', say(reader, 'partner.gone'));
  if (!mayEditPartner(member, partner.id))
    return refused('directory.not-yours', say(reader, 'edit.not-yours', { name: partner.name }));
  return run(partner);
}
