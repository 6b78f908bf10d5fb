import type { TestBot } from './bot.ts';
import type { Person, Reply } from './person.ts';

/** The one-time code in an answer; empty when there is none. */
export const codeIn = (reply: Reply) => /[\dA-Z]{4}-[\dA-Z]{4}-[\dA-Z]{4}/.exec(reply.text)?.[0] ?? '';

/** A coalition in the console, and a Discord server called `guild` beside it. */
export function linkingIn(bot: TestBot) {
  const onDiscord = (name: string) => bot.as(name, { platform: 'discord', workspace: 'guild' });
  const workspaceCode = async (staff: Person) => codeIn(await staff.says('/coalition link'));
  return {
    onDiscord,
    workspaceCode,
    ownCode: async (who: Person) => codeIn(await who.says('/coalition link-me')),
    async linkDiscord(staff: Person): Promise<void> {
      await onDiscord('Installer').says(`/coalition link ${await workspaceCode(staff)}`);
    },
    member: (name: string) =>
      bot.database.member.findFirstOrThrow({ where: { name, leftAt: null }, include: { accounts: true } }),
  };
}
