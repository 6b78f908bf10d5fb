import type { CoalitionId, PartnerId, PlaceId } from '../src/core/ids.ts';
import type { Tools, Writing } from '../src/core/ports.ts';
import { isDuplicate } from '../src/database.ts';
import { recordDigestPlace, saveSchedule } from '../src/features/digests/feature.ts';
import {
  findPartner,
  partnerRow,
  planFreshness,
  recordPartnersTold,
} from '../src/features/directory/feature.ts';
import { getCoalition } from '../src/identity/store.ts';
import { demo, demoBackbone, demoDigest, demoPartners } from './demo-coalition.ts';

const monthMs = 30 * 86_400_000;
/** The first digest tells of partners that have been here no longer than this. */
const newForMonths = 1;

/**
 * Opens the demo coalition in the console, once: a console that already belongs to a coalition, whosever it
 * is, stays as it is. Returns whether it was opened now.
 */
export async function seedDemo(tools: Tools): Promise<boolean> {
  const where = { platform_ref: { platform: 'console', ref: 'console' } };
  if (await tools.database.workspace.findUnique({ where })) return false;
  try {
    await tools.write((writing) => openDemo(writing, tools));
    return true;
  } catch (error) {
    // Another process opened it in the same moment; the unique key of the workspace let one of us through.
    if (isDuplicate(error)) return false;
    throw error;
  }
}

async function openDemo(writing: Writing, tools: Tools): Promise<void> {
  const { tx, now } = writing;
  const ago = (months: number) => new Date(now.getTime() - months * monthMs);
  const opened = ago(24);
  const coalition = await tx.coalition.create({ data: { ...demo, demo: true, createdAt: opened } });
  const coalitionId = coalition.id as CoalitionId;
  const workspace = await tx.workspace.create({
    data: { coalitionId, platform: 'console', ref: 'console', name: demo.name, createdAt: opened },
  });
  const workspaceId = workspace.id;

  const channels = ['general', 'announcements', 'introductions'];
  await tx.place.createMany({
    data: channels.map((name) => ({ coalitionId, workspaceId, ref: name, name })),
  });

  async function join(of: (typeof demoBackbone)[number], partnerId: string | null, joinedAt: Date) {
    const { name, standing, timeZone = demo.timeZone, languages = ['English'] } = of;
    const { language } = demo;
    const member = await tx.member.create({
      data: { coalitionId, partnerId, name, standing, language, timeZone, languages, joinedAt },
    });
    const ref = accountRef(name);
    await tx.account.create({ data: { coalitionId, workspaceId, memberId: member.id, ref, name } });
    await tx.consolePerson.createMany({
      data: { ref, name, language, timeZone, createdAt: joinedAt },
      skipDuplicates: true,
    });
  }

  for (const person of demoBackbone) await join(person, null, opened);
  const settled: string[] = [];
  const asked: PartnerId[] = [];
  for (const { members, joinedMonthsAgo, confirmedMonthsAgo, ...card } of demoPartners) {
    const joinedAt = ago(joinedMonthsAgo);
    const row = partnerRow({ ...card, spotlightConsent: true });
    const dates = { joinedAt, confirmedAt: ago(confirmedMonthsAgo) };
    const partner = await tx.partner.create({ data: { coalitionId, ...row, ...dates } });
    for (const person of members) await join(person, partner.id, joinedAt);
    if (joinedMonthsAgo > newForMonths) settled.push(partner.id);
    if (members.some(({ standing }) => standing === 'representative')) asked.push(partner.id as PartnerId);
  }
  await recordPartnersTold(writing, coalitionId, settled);
  await plan(writing, coalitionId, workspace.id, asked, tools);
}

/** What joining and `/digest schedule` would have planned, as far as those features run here. */
async function plan(
  writing: Writing,
  id: CoalitionId,
  workspaceId: string,
  asked: readonly PartnerId[],
  tools: Tools,
): Promise<void> {
  const { tx } = writing;
  const running = new Set(tools.features().map(({ name }) => name));
  if (running.has('directory')) {
    for (const partnerId of asked) {
      const partner = await findPartner(tx, id, partnerId);
      if (partner) await planFreshness(writing, id, partner, tools);
    }
  }
  if (running.has('digests')) {
    const where = { workspaceId_ref: { workspaceId, ref: demoDigest.channel } };
    const place = await tx.place.findUniqueOrThrow({ where });
    await recordDigestPlace(writing, id, workspaceId, place.id as PlaceId);
    await saveSchedule(writing, await getCoalition(tx, id), demoDigest.weekly, tools);
  }
}

/** `Chloé Desrosiers` is `chloe-desrosiers`. */
function accountRef(name: string): string {
  const letters = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return letters.replace(/[^a-z0-9]+/g, '-');
}
