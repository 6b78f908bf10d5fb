import type { Reader } from '../../src/core/reader.ts';
import { type Standing, standings } from '../../src/core/who.ts';
import { type Database, literally, type Prisma } from '../../src/database.ts';
import { groupAccounts } from '../../src/delivery/delivery.ts';
import { localTime } from '../../src/time/wall-clock.ts';
import type { Person, Place } from './web/wire.ts';

/** The console is one workspace; whose it is, `/coalition setup` or the demo says. */
export const consoleWorkspace = { platform: 'console', ref: 'console' } as const;
const channels = ['general', 'announcements', 'introductions'] as const;

/** Somebody who uses the console, whether or not they have joined. */
export type Account = Reader & { readonly ref: string; readonly name: string };

export type Accounts = ReturnType<typeof makeAccounts>;

/** Who uses the console, and which channels it has. */
export function makeAccounts(database: Database) {
  const findWorkspace = () =>
    database.workspace.findUnique({
      where: { platform_ref: consoleWorkspace },
      include: { coalition: true, places: { orderBy: { name: 'asc' } } },
    });

  /** The conversations that somebody is in, named after the others. */
  async function listGroups(viewer: string): Promise<Place[]> {
    const rows = await database.consoleMessage.findMany({
      where: { goneAt: null, OR: groupsOf(viewer) },
      distinct: ['placeRef'],
      select: { placeRef: true },
      orderBy: { placeRef: 'asc' },
    });
    const others = rows.map(({ placeRef }) => groupAccounts(placeRef)?.filter((ref) => ref !== viewer) ?? []);
    const people = await database.consolePerson.findMany({ where: { ref: { in: others.flat() } } });
    const names = new Map(people.map(({ ref, name }) => [ref, name]));
    return rows.map(({ placeRef }, index): Place => {
      const name = (others[index] ?? []).map((ref) => names.get(ref) ?? ref).join(', ');
      return { ref: placeRef, name, kind: 'group' };
    });
  }

  return {
    find: (ref: string): Promise<Account | null> => database.consolePerson.findUnique({ where: { ref } }),

    /** Adds somebody who has not joined yet. The same name again is another person. */
    async add(of: { name: string; language: string; timeZone: string }, now: Date): Promise<Account> {
      const base = slugOf(of.name);
      const taken = await database.consolePerson.findMany({
        where: { ref: { startsWith: base } },
        select: { ref: true },
      });
      const refs = new Set(taken.map(({ ref }) => ref));
      let ref = base;
      for (let n = 2; refs.has(ref); n += 1) ref = `${base}-${n}`;
      return database.consolePerson.create({ data: { ...of, ref, createdAt: now } });
    },

    /** Staff first, then by standing and name; who has not joined comes last. */
    async listPeople(now: Date): Promise<Person[]> {
      const [people, accounts] = await Promise.all([
        database.consolePerson.findMany(),
        database.account.findMany({
          where: { workspace: consoleWorkspace, member: { leftAt: null } },
          include: { member: { include: { partner: true } } },
        }),
      ]);
      const members = new Map(accounts.map(({ ref, member }) => [ref, member]));
      return people
        .map(({ ref, name, timeZone }): Person => {
          const member = members.get(ref);
          const zone = member?.timeZone ?? timeZone;
          return {
            ref,
            name: member?.name ?? name,
            standing: member?.standing ?? null,
            partner: member?.partner?.leftAt === null ? member.partner.name : null,
            timeZone: zone,
            localTime: localTime(now, zone),
          };
        })
        .sort((a, b) => rankOf(a) - rankOf(b) || a.name.localeCompare(b.name));
    },

    /** The reader a person is, by their own settings once they have joined. */
    async readerOf(account: Account): Promise<Reader> {
      const joined = await database.account.findFirst({
        where: { workspace: consoleWorkspace, ref: account.ref, member: { leftAt: null } },
        include: { member: true },
      });
      const { language, timeZone } = joined?.member ?? account;
      return { language, timeZone };
    },

    listPlaces: async (viewer: string | null): Promise<Place[]> => [
      ...channels.map((name): Place => ({ ref: name, name, kind: 'channel' })),
      ...(viewer === null ? [] : [{ ref: `@${viewer}`, name: 'Direct messages', kind: 'direct' as const }]),
      ...(viewer === null ? [] : await listGroups(viewer)),
    ],

    /** Whether a message can stand there: a channel, somebody's direct messages, or a conversation of several. */
    async hasPlace(ref: string): Promise<boolean> {
      if (channels.some((name) => name === ref)) return true;
      const refs = groupAccounts(ref) ?? (ref.startsWith('@') ? [ref.slice(1)] : []);
      const found = await database.consolePerson.count({ where: { ref: { in: [...refs] } } });
      return found > 0 && found === new Set(refs).size;
    },

    async findCoalition() {
      const workspace = await findWorkspace();
      return workspace?.coalition ?? null;
    },

    /** The bot may write to every channel here, so each is a place of the coalition from the start. */
    async ensurePlaces(): Promise<void> {
      const workspace = await findWorkspace();
      if (!workspace || workspace.places.length >= channels.length) return;
      const { id: workspaceId, coalitionId } = workspace;
      const data = channels.map((name) => ({ workspaceId, coalitionId, ref: name, name }));
      await database.place.createMany({ data, skipDuplicates: true });
    },
  };
}

/** Where a conversation of several has this person among them: its ref is `&` and theirs, joined by `+`. */
export function groupsOf(viewer: string): Prisma.ConsoleMessageWhereInput[] {
  const own = literally(viewer);
  const placeRefs = [
    { startsWith: `&${own}+` },
    { startsWith: '&', contains: `+${own}+` },
    { startsWith: '&', endsWith: `+${own}` },
  ];
  return placeRefs.map((placeRef) => ({ placeRef }));
}

const rankOf = ({ standing }: Person): number =>
  standing === null ? standings.length : standings.indexOf(standing as Standing);

function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return slug === '' ? 'person' : slug;
}
