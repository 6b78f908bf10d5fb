import type { CoalitionId, MemberId, PartnerId, WorkspaceId } from '../../src/core/ids.ts';
import { newId } from '../../src/core/ids.ts';
import type { PlatformName, Standing } from '../../src/core/who.ts';
import { emptyCard, partnerRow } from '../../src/features/directory/feature.ts';
import type { TestBot } from './bot.ts';
import type { Person } from './person.ts';

/**
 * A coalition that is already there, written straight into the database, for tests that are not about joining:
 *
 *     const coalition = await makeCoalition(bot, {
 *       staff: ['Ana'],
 *       partners: [{ name: 'Food Bank', sector: 'Food', voices: ['Ben'] }],
 *     });
 *     await coalition.person('Ben').says('/digest announce …');
 *
 * The first voice of a partner is its representative, the others are alternates.
 */
export type NewPartner = {
  readonly name: string;
  readonly sector?: string;
  readonly does?: string;
  readonly offers?: readonly string[];
  readonly needs?: readonly string[];
  readonly spotlightConsent?: boolean;
  /** Given, it has been here for a while: digests have told of it. */
  readonly joinedAt?: string;
  readonly voices?: readonly string[];
  /** People who belong to it without speaking for it. */
  readonly members?: readonly string[];
};

export type TestCoalition = {
  readonly id: CoalitionId;
  readonly workspaceId: WorkspaceId;
  person(name: string): Person;
  memberId(name: string): MemberId;
  partnerId(name: string): PartnerId;
  addPartner(partner: NewPartner): Promise<PartnerId>;
};

export async function makeCoalition(
  bot: TestBot,
  of: {
    name?: string;
    timeZone?: string;
    platform?: PlatformName;
    workspace?: string;
    staff?: readonly string[];
    partners?: readonly NewPartner[];
    /** Left out, nobody is spared: no quiet hours, every day a working day, no limits to messages. */
    hours?: { quietHoursStart: string; quietHoursEnd: string; workingDays: number[] };
  } = {},
): Promise<TestCoalition> {
  const { name = 'Ready by Five', timeZone = 'America/Winnipeg', platform = 'console' } = of;
  const workspace = of.workspace ?? `${platform}-workspace`;
  const always = { quietHoursStart: '00:00', quietHoursEnd: '00:00', workingDays: [1, 2, 3, 4, 5, 6, 7] };
  const { database, clockHand } = bot;
  const coalitionId = newId<CoalitionId>();
  const workspaceId = newId<WorkspaceId>();
  const createdAt = clockHand.now();
  await database.coalition.create({
    data: { id: coalitionId, name, timeZone, createdAt, ...(of.hours ?? always) },
  });
  if (!of.hours) {
    const noLimits = { perWeek: 1000, perDay: 1000, asksInRow: 0 };
    await database.attention.create({ data: { coalitionId, ...noLimits } });
  }
  await database.workspace.create({
    data: { id: workspaceId, coalitionId, platform, ref: workspace, name: workspace, createdAt },
  });
  const members = new Map<string, MemberId>();
  const partners = new Map<string, PartnerId>();
  const person = (who: string) => bot.as(who, { platform, workspace });

  async function addMember(who: string, standing: Standing, partnerId: PartnerId | null): Promise<void> {
    const id = newId<MemberId>();
    members.set(who, id);
    await database.member.create({
      data: {
        id,
        coalitionId,
        partnerId,
        name: who,
        standing,
        language: 'en',
        timeZone,
        joinedAt: createdAt,
      },
    });
    await database.account.create({
      data: { coalitionId, workspaceId, memberId: id, ref: person(who).ref, name: who },
    });
  }

  async function addPartner(partner: NewPartner): Promise<PartnerId> {
    const { voices = [], members: others = [], joinedAt, offers = [], needs = [], ...plain } = partner;
    const id = newId<PartnerId>();
    partners.set(partner.name, id);
    const since = joinedAt ? new Date(joinedAt) : clockHand.now();
    const lists = { offers: [...offers], needs: [...needs] };
    const dates = { joinedAt: since, confirmedAt: since };
    const row = partnerRow({ ...emptyCard, ...plain, ...lists });
    await database.partner.create({ data: { id, coalitionId, ...row, ...dates } });
    if (joinedAt) await database.partnerTold.create({ data: { coalitionId, partnerId: id, toldAt: since } });
    for (const [index, who] of voices.entries()) {
      await addMember(who, index === 0 ? 'representative' : 'alternate', id);
    }
    for (const who of others) await addMember(who, 'member', id);
    return id;
  }

  for (const who of of.staff ?? ['Ana']) await addMember(who, 'backbone', null);
  for (const partner of of.partners ?? []) await addPartner(partner);

  return {
    id: coalitionId,
    workspaceId,
    person,
    memberId: (who) => known(members, who),
    partnerId: (which) => known(partners, which),
    addPartner,
  };
}

function known<T>(all: ReadonlyMap<string, T>, name: string): T {
  const found = all.get(name);
  if (!found) throw new Error(`Nobody here is called ${name}, only: ${[...all.keys()].join(', ')}`);
  return found;
}
