import { type Database, inTransaction, isDuplicate, type Tx } from '../src/database.ts';
import { partnerRow } from '../src/features/directory/feature.ts';
import { demo, demoBackbone, demoPartners } from './demo-coalition.ts';

const monthMs = 30 * 86_400_000;

/**
 * Opens the demo coalition in the console, once: a console that already belongs to a coalition, whosever it
 * is, stays as it is. Returns whether it was opened now.
 */
export async function seedDemo(database: Database, now: Date): Promise<boolean> {
  const where = { platform_ref: { platform: 'console', ref: 'console' } };
  if (await database.workspace.findUnique({ where })) return false;
  try {
    await inTransaction(database, (tx) => openDemo(tx, now));
    return true;
  } catch (error) {
    // Another process opened it in the same moment; the unique key of the workspace let one of us through.
    if (isDuplicate(error)) return false;
    throw error;
  }
}

async function openDemo(tx: Tx, now: Date): Promise<void> {
  const ago = (months: number) => new Date(now.getTime() - months * monthMs);
  const opened = ago(24);
  const coalition = await tx.coalition.create({ data: { ...demo, demo: true, createdAt: opened } });
  const coalitionId = coalition.id;
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
  for (const { members, joinedMonthsAgo, confirmedMonthsAgo, ...card } of demoPartners) {
    const joinedAt = ago(joinedMonthsAgo);
    const partner = await tx.partner.create({
      data: {
        coalitionId,
        ...partnerRow({ ...card, spotlightConsent: true }),
        joinedAt,
        confirmedAt: ago(confirmedMonthsAgo),
      },
    });
    for (const person of members) await join(person, partner.id, joinedAt);
  }
}

/** `Chloé Desrosiers` is `chloe-desrosiers`. */
function accountRef(name: string): string {
  const letters = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return letters.replace(/[^a-z0-9]+/g, '-');
}
