import { refused, shown } from '../../../core/answer.ts';
import { defineButton } from '../../../core/command.ts';
import { findMember } from '../../../identity/store.ts';
import { sayPeriod } from '../requests/cards.ts';
import { findRequest, listVersions } from '../requests/store.ts';
import { say } from '../words.ts';
import { minePress, versionsCard, versionsPress } from './cards.ts';
import { showMine } from './commands.ts';

const turn = defineButton({
  press: minePress,
  answers: 'by-updating',
  by: 'member',
  run: async ({ payload, asked, tools }) => shown(await showMine(asked, tools, Math.max(0, payload.page))),
});

/** The partner's own people see every version, and so do staff. */
const versions = defineButton({
  press: versionsPress,
  answers: 'privately',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const request = await findRequest(tools.database, coalition.id, payload.request);
    const own = request && member.partner?.id === request.partner.id;
    if (!request || !(own || member.standing === 'backbone'))
      return refused('measures.gone', say(reader, 'refused.request-gone'));
    const all = await listVersions(tools.database, coalition.id, request.id);
    const named = await Promise.all(
      all.map(async (version) => {
        const by = version.memberId && (await findMember(tools.database, coalition.id, version.memberId));
        return { ...version, by: by ? by.name : '' };
      }),
    );
    const { name, unit } = request.measure;
    return shown(versionsCard({ name, period: sayPeriod(request, reader), unit, versions: named }, reader));
  },
});

export const publishingButtons = [turn, versions];
