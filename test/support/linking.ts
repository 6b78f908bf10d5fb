import type { MemberId } from '../../src/core/ids.ts';
import { mergeMembers } from '../../src/features/directory/linking/accounts/store.ts';
import type { TestBot } from './bot.ts';
import type { TestCoalition } from './coalition.ts';
import type { Person } from './person.ts';

/** The one-time code in an answer; empty when there is none. */
export const codeIn = ({ text }: { readonly text: string }) =>
  /[\dA-Z]{4}-[\dA-Z]{4}-[\dA-Z]{4}/.exec(text)?.[0] ?? '';

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

/** Somebody has told us that two members of a coalition are one person: `into` goes on, with both accounts. */
export async function becomeOne(
  bot: TestBot,
  coalition: TestCoalition,
  of: { from: string; into: string },
): Promise<{ from: MemberId; into: MemberId }> {
  const ids = { from: coalition.memberId(of.from), into: coalition.memberId(of.into) };
  const { merged } = await bot.tools.write((writing) => mergeMembers(writing, coalition.id, ids, bot.tools));
  if (!merged) throw new Error(`${of.from} cannot become ${of.into}`);
  return ids;
}

/** Every row of these tables that still names somebody, as `Table.column`. A decision's terms count as a column. */
export async function whereNamed(bot: TestBot, prefix: string, id: MemberId): Promise<string[]> {
  const tables = await bot.database.$queryRaw<{ name: string }[]>`
    select table_name as "name" from information_schema.tables
    where table_schema = 'public' and starts_with(table_name, ${prefix}) order by table_name`;
  const found = new Set<string>();
  for (const { name } of tables) {
    const rows = await bot.database.$queryRawUnsafe<{ column: string }[]>(
      `select each.key as "column" from "${name}" t, jsonb_each_text(to_jsonb(t)) each
       where position($1 in each.value) > 0`,
      id,
    );
    for (const { column } of rows) found.add(`${name}.${column}`);
  }
  return [...found].sort();
}
