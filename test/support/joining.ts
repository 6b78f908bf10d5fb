import type { TestBot } from './bot.ts';
import type { Person, Reply } from './person.ts';

/** Sets a coalition up, with its first backbone staff. */
export async function setUp(
  bot: TestBot,
  of: { staff?: string; name?: string; workspace?: string } = {},
): Promise<Person> {
  const staff = bot.as(of.staff ?? 'Ana', of.workspace ? { workspace: of.workspace } : {});
  await staff.says('/coalition setup');
  await staff.fills({ name: of.name ?? 'Ready by Five', zone: 'America/Winnipeg' });
  return staff;
}

/** Fills the join form; the answer is whatever comes of it. */
export async function joins(
  person: Person,
  organisation: string,
  standing = 'member',
  more: Record<string, string> = {},
): Promise<Reply> {
  await person.says('/coalition join');
  return person.fills({ organisation, standing, zone: 'America/Winnipeg', ...more });
}
