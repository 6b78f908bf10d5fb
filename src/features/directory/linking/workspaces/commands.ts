import { type Answer, refused, shown } from '../../../../core/answer.ts';
import type { Asked } from '../../../../core/asked.ts';
import { defineCommand } from '../../../../core/command.ts';
import { optional, text } from '../../../../core/field.ts';
import type { Tools, Writing } from '../../../../core/ports.ts';
import { code } from '../../../../core/text.ts';
import { findMember, getCoalition } from '../../../../identity/store.ts';
import { say } from '../../words.ts';
import { refuseCode, refuseTries } from '../codes/cards.ts';
import { accountKey, giveTryBack, lockCode, makeLinkCode, spendCode, takeTry } from '../codes/store.ts';
import { linkCodeCard, linkedCard, linkedToldCard, platformName, unlinkCard } from './cards.ts';
import { linkWorkspace, listWorkspaces } from './store.ts';

/** With a code it is for whoever installs the bot in another workspace, where nobody has any standing yet. */
export const linkCommand = defineCommand({
  name: 'coalition link',
  answers: 'privately',
  by: 'anyone',
  options: { code: optional(text({ max: 60 })) },
  run: ({ options, asked, tools }) =>
    options.code ? redeem(options.code, asked, tools) : giveCode(asked, tools),
});

async function giveCode(asked: Asked, tools: Tools): Promise<Answer> {
  const { coalition, member, reader } = asked;
  const link = code('/coalition link');
  if (!coalition) {
    const words = say(reader, 'link.needs-code', { link, setup: code('/coalition setup') });
    return refused('directory.link-needs-code', words);
  }
  if (member?.standing !== 'backbone') {
    return refused('directory.link-by-staff', say(reader, 'link.by-staff', { link }));
  }
  const typed = await tools.write((writing) => makeLinkCode(writing, coalition.id, member.id, 'workspace'));
  return shown(linkCodeCard(typed, reader));
}

/**
 * Joins the workspace where the code is typed. Typing it gives nobody a standing: they join like anybody else.
 */
async function redeem(typed: string, asked: Asked, tools: Tools): Promise<Answer> {
  return tools.write(async (writing) => {
    const account = accountKey(asked);
    const tried = await takeTry(writing, account);
    if (!tried.ok) return refuseTries(tried.againAt, asked);
    const found = await lockCode(writing, typed, 'workspace');
    if (typeof found === 'string') return refuseCode(found, 'workspace', tried.left, asked);
    const { coalitionId, memberId } = found;
    const giver = await findMember(writing.tx, coalitionId, memberId);
    // Whoever is no longer staff gives no workspace away.
    if (giver?.standing !== 'backbone') return refuseCode('wrong', 'workspace', tried.left, asked);
    await giveTryBack(writing, account);
    return link(writing, found, asked, tools);
  });
}

async function link(
  writing: Writing,
  found: Exclude<Awaited<ReturnType<typeof lockCode>>, string>,
  asked: Asked,
  tools: Tools,
): Promise<Answer> {
  const { reader, platform, workspaceRef: ref, workspaceName: name } = asked;
  const linked = await linkWorkspace(writing, found.coalitionId, { platform, ref, name }, tools);
  const coalition = await getCoalition(writing.tx, found.coalitionId);
  switch (linked.linked) {
    case 'elsewhere':
      return refused(
        'directory.link-elsewhere',
        say(reader, 'link.elsewhere', { name: linked.name, unlink: code('/coalition unlink') }),
      );
    case 'before': {
      const words = say(reader, 'link.before', {
        name: coalition.name,
        join: code('/coalition join'),
        me: code('/coalition link-me'),
      });
      return refused('directory.link-before', words);
    }
    case 'now':
    case 'again':
      await spendCode(writing, found.id);
      await tools.outreach.reach(writing, {
        coalition,
        member: found.memberId,
        kind: 'neutral',
        from: 'directory',
        subject: `linked:${found.id}`,
        why: say(coalition, 'why.linked'),
        card: linkedToldCard(name, platformName(platform, coalition), coalition),
      });
      return shown(linkedCard({ coalition: coalition.name, isBack: linked.linked === 'again' }, reader));
    default:
      return linked satisfies never;
  }
}

export const unlinkCommand = defineCommand({
  name: 'coalition unlink',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const linked = await listWorkspaces(tools.database, coalition.id);
    if (linked.length < 2) {
      const words = say(reader, 'unlink.last', { link: code('/coalition link') });
      return refused('directory.unlink-last', words);
    }
    return shown(unlinkCard(linked, reader));
  },
});
