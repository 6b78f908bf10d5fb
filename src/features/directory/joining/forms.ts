import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { Asked, AskedBy } from '../../../core/asked.ts';
import { card, note, paragraph } from '../../../core/card.ts';
import { defineForm } from '../../../core/command.ts';
import { choice } from '../../../core/field.ts';
import { foldName } from '../../../core/fold-name.ts';
import type { PartnerId } from '../../../core/ids.ts';
import type { Tools } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import { timeZoneField } from '../coalition/fields.ts';
import { languageFor } from '../coalition/rules.ts';
import { itemsField, organisationName } from '../partners/fields.ts';
import { planFreshness, tellPartnersChanged } from '../partners/jobs.ts';
import { nearPartner } from '../partners/rules.ts';
import { findPartnerNamed, listPartnerNames } from '../partners/store.ts';
import { say } from '../words.ts';
import { didYouMeanCard, joinedCard, joinFormPress } from './cards.ts';
import { joiningStandings } from './rules.ts';
import { type JoinDraft, recordJoining, recordReachable, saveJoinDraft, type Who } from './store.ts';

export const joinForm = defineForm({
  press: joinFormPress,
  answers: 'privately',
  by: 'visitor',
  fields: {
    organisation: organisationName(),
    standing: choice(joiningStandings, 'standing'),
    zone: timeZoneField(),
    languages: itemsField(),
  },
  async submit({ values, asked, tools }) {
    const { organisation, standing, zone, languages = [] } = values;
    const { coalition, member, reader } = asked;
    const draft: JoinDraft = { organisation, standing, timeZone: zone, languages };
    const isOwn = member?.partner && foldName(member.partner.name) === foldName(organisation);
    const exact = await findPartnerNamed(tools.database, coalition.id, organisation);
    if (exact || isOwn || member?.partner) return join(draft, { name: organisation }, asked, tools);
    const near = nearPartner(organisation, await listPartnerNames(tools.database, coalition.id));
    if (!near) return join(draft, { name: organisation }, asked, tools);
    const id = await tools.write((writing) => saveJoinDraft(writing, whoIs(asked), draft));
    return shown(didYouMeanCard({ draft, id, near }, reader));
  },
});

export function whoIs(asked: AskedBy<'visitor'>): Who {
  const { coalition, workspace, account } = asked;
  return { coalitionId: coalition.id, workspaceId: workspace.id, account };
}

/** Joins for good, and tells the partner's representative who it was. */
export async function join(
  draft: JoinDraft,
  organisation: { name: string } | { id: PartnerId },
  asked: AskedBy<'visitor'>,
  tools: Tools,
): Promise<Answer> {
  const { coalition, reader } = asked;
  const joined = await tools.write(async (writing) => {
    const { standing: wanted, timeZone, languages } = draft;
    const language = languageFor(reader.language, coalition.language);
    const of = { organisation, wanted, language, timeZone, languages };
    const result = await recordJoining(writing, whoIs(asked), of);
    await recordReachable(writing, whoIs(asked), tools.staffTasks);
    if (result.joined !== 'now') return result;
    const { partner, member } = result;
    await planFreshness(writing, coalition.id, partner, tools);
    await tellPartnersChanged(writing, coalition, tools);
    const noVoice = { coalitionId: coalition.id, kind: 'partner-without-voice', subject: partner.id };
    if (result.standing !== 'member') await tools.staffTasks.close(writing, noVoice);
    const representative = result.people.find((each) => each.standing === 'representative');
    if (representative) {
      const standing = say.plain(coalition, `standing.${result.standing}`);
      const names = { person: member.name, name: partner.name, standing };
      await tools.outreach.reach(writing, {
        coalition,
        member: representative.id,
        kind: 'neutral',
        from: 'directory',
        subject: `joined:${member.id}:${partner.id}`,
        why: say(coalition, 'why.joined'),
        card: card(
          paragraph(say(coalition, 'join.told', names)),
          note(say(coalition, 'join.told-next', { command: code(`/partners show ${partner.name}`) })),
        ),
      });
    }
    return result;
  });
  if (joined.joined === 'no-partner') return refused('directory.no-partner', say(reader, 'partner.gone'));
  if (joined.joined === 'elsewhere') return refuseElsewhere(joined.name, asked);
  return shown(joinedCard(joined, draft.standing, reader));
}

export function refuseElsewhere(name: string, { reader }: Asked): Answer {
  const leave = code('/coalition leave');
  return refused('directory.elsewhere', say(reader, 'join.elsewhere', { name: code(name), leave }));
}
