// Votes per second, from the click to a committed ballot, a moved tally and a redrawn card: on one decision and over a
// hundred, with 100 and with 100,000 ballots already there. Beside it, in the same run, what the database commits at most:
// transactions of one inserted row, through the same client, with the same number at once.
import { randomUUID } from 'node:crypto';
import { type Bot, openBot } from '../bot.ts';
import type { CoalitionId, MemberId } from '../src/core/ids.ts';
import type { Messenger } from '../src/core/ports.ts';
import type { Coalition } from '../src/core/who.ts';
import { decisionView, drawDecision, votePress } from '../src/features/decisions/decision/cards.ts';
import {
  type DecisionId,
  findDecision,
  findTally,
  openDraft,
} from '../src/features/decisions/decision/store.ts';
import { decisions } from '../src/features/decisions/feature.ts';
import { openDecision } from '../src/features/decisions/opening/store.ts';
import { usualTerms } from '../src/features/decisions/terms/rules.ts';
import { getCoalition } from '../src/identity/store.ts';
import { openBenchDatabase } from './support/bench-database.ts';

const voters = 200;
const atOnce = 16;
const poolSize = 10;
const rounds = 3;
const few = 100;
const many = 100_000;
const workspace = { ref: 'bench', name: 'Bench' };

type Measured = { msPerVote: number; votesPerSecond: number };
type Scene = { bot: Bot; coalition: Coalition; placeId: string; redraws(): number };

export async function run(): Promise<Record<string, number>> {
  const database = await openBenchDatabase();
  let redraws = 0;
  const messenger: Messenger = {
    platform: 'console',
    paceMs: 0,
    post: async () => ({ messageRef: randomUUID() }),
    redraw: async () => {
      redraws += 1;
    },
  };
  const quiet = { info: () => {}, warn: () => {}, error: console.error };
  const opening = { databaseUrl: database.url, redisUrl: null, log: quiet, poolSize };
  const bot = await openBot({ ...opening, features: [decisions] });
  await bot.startWorker([messenger], 5);
  const scene = { bot, redraws: () => redraws, ...(await makeCoalition(bot)) };

  const measured: Record<'oneFew' | 'oneMany' | 'hundredFew' | 'hundredMany', Measured[]> = {
    oneFew: [],
    oneMany: [],
    hundredFew: [],
    hundredMany: [],
  };
  const ceilings: number[] = [];
  const scenes = {
    oneFew: await openSome(scene, 1, few),
    oneMany: await openSome(scene, 1, many),
    hundredFew: await openSome(scene, 100, few),
    hundredMany: await openSome(scene, 100, many),
  };
  await settled(bot);
  await bot.database.$executeRaw`analyze "DecisionVoice", "DecisionBallot", "DecisionTally"`;
  // The first round warms everything up and is not counted; sizes take turns, so that a slow minute meets all.
  for (let round = 0; round <= rounds; round += 1) {
    const now = {
      oneFew: await measure(scene, scenes.oneFew, few),
      oneMany: await measure(scene, scenes.oneMany, many),
      hundredFew: await measure(scene, scenes.hundredFew, few),
      hundredMany: await measure(scene, scenes.hundredMany, many),
    };
    const ceiling = await measureCommits(bot);
    if (round === 0) continue;
    ceilings.push(ceiling);
    for (const [name, value] of Object.entries(now)) measured[name as keyof typeof measured].push(value);
  }
  await bot.close(5000);
  await database.close();

  const rate = (of: Measured[]) => median(of.map((each) => each.votesPerSecond));
  const cost = (of: Measured[]) => median(of.map((each) => each.msPerVote));
  const ceiling = median(ceilings);
  const [one, hundred] = [rate(measured.oneFew), rate(measured.hundredFew)];
  console.log(`Median of ${rounds} rounds of ${voters} votes, ${atOnce} at once, ${poolSize} connections.`);
  console.log(`Commits of one row, as many at once: ${Math.round(ceiling)} a second.`);
  console.log(
    'A vote is two commits: the delivery, by which a second one is known, and the ballot with its tally.',
  );
  return {
    votesPerSecond: Math.round(one),
    votesPerSecondOn100: Math.round(hundred),
    votesPerSecondWith100k: Math.round(rate(measured.oneMany)),
    commitsPerSecond: Math.round(ceiling),
    commitCeilingShare: rounded(one / ceiling),
    growth100kOver100: rounded(cost(measured.oneMany) / cost(measured.oneFew)),
    growth100kOver100On100: rounded(cost(measured.hundredMany) / cost(measured.hundredFew)),
  };
}

/** A coalition with as many organisations as there will be votes, each with one voice. */
async function makeCoalition(bot: Bot) {
  const { database } = bot;
  const createdAt = new Date();
  const coalition = await database.coalition.create({ data: { name: 'Bench', timeZone: 'UTC', createdAt } });
  const coalitionId = coalition.id;
  const { id: workspaceId } = await database.workspace.create({
    data: { coalitionId, platform: 'console', ...workspace, createdAt },
  });
  const place = await database.place.create({
    data: { coalitionId, workspaceId, ref: 'general', name: 'general' },
  });
  for (let each = 0; each < voters; each += 1) {
    const name = `Partner ${each}`;
    const partner = await database.partner.create({
      data: { coalitionId, name, nameKey: name, joinedAt: createdAt, confirmedAt: createdAt },
    });
    const standing = 'representative';
    const zone = { language: 'en', timeZone: 'UTC' };
    const member = await database.member.create({
      data: { coalitionId, partnerId: partner.id, name, standing, joinedAt: createdAt, ...zone },
    });
    await database.account.create({
      data: { coalitionId, workspaceId, memberId: member.id, ref: `U${each}`, name },
    });
  }
  return { coalition: await getCoalition(database, coalitionId as CoalitionId), placeId: place.id };
}

/** So many decisions that hold so many ballots between them. */
async function openSome(scene: Scene, on: number, ballots: number): Promise<DecisionId[]> {
  const ids: DecisionId[] = [];
  for (let each = 0; each < on; each += 1) ids.push(await openOne(scene, ballots / on));
  return ids;
}

/** Votes once for every organisation, in turn over the decisions, and takes the votes back afterwards. */
async function measure(scene: Scene, ids: readonly DecisionId[], ballots: number): Promise<Measured> {
  const { bot } = scene;
  const on = ids.length;
  const started = performance.now();
  let next = 0;
  const vote = async () => {
    for (let voter = next++; voter < voters; voter = next++) {
      const decision = ids[voter % on] as DecisionId;
      const plan = bot.dispatch.plan({
        platform: 'console',
        deliveryKey: randomUUID(),
        workspace,
        account: { ref: `U${voter}`, name: `Partner ${voter}` },
        place: { ref: 'general', name: 'general' },
        act: 'press',
        id: votePress.encode({ decision, mark: voter % 2 ? 'yes' : 'no' }),
        picked: [],
      });
      const answer = await plan.run();
      if (answer === 'duplicate' || answer.answer !== 'card')
        throw new Error(`A vote was not taken: ${JSON.stringify(answer)}`);
    }
  };
  const redrawnBefore = scene.redraws();
  await Promise.all(Array.from({ length: atOnce }, vote));
  // The last card must show the last vote: only then is the work done.
  await settled(bot);
  const ms = performance.now() - started;
  if (scene.redraws() === redrawnBefore) throw new Error('No card was redrawn');
  for (const id of ids) await expectTally(scene, id, ballots / on + voters / on);
  for (const id of ids) await takeBack(bot, id, ballots / on);
  return { msPerVote: ms / voters, votesPerSecond: (voters * 1000) / ms };
}

async function openOne({ bot, coalition, placeId }: Scene, ballots: number): Promise<DecisionId> {
  const { database, tools } = bot;
  const half = { share: { parts: 1, of: 2 }, strictly: true };
  const terms = usualTerms({ rule: 'share', threshold: half, base: 'yes-and-no' });
  const closesAt = new Date(Date.now() + 7 * 86_400_000);
  const by = randomUUID() as MemberId;
  return tools.write(async (writing) => {
    const draft = await openDraft(writing, coalition.id, by, {
      question: 'Which?',
      background: '',
      options: [],
      terms: { ...terms, visibility: 'open' },
      closesAt,
      placeId: placeId as never,
    });
    if (!draft) throw new Error('No draft was made');
    await openDecision(writing, coalition, draft);
    const { tx } = writing;
    await tx.$executeRaw`
      with voice as (
        insert into "DecisionVoice" ("id", "coalitionId", "decisionId", "partnerId", "name", "sector")
        select gen_random_uuid(), ${coalition.id}::uuid, ${draft.id}::uuid, gen_random_uuid(), 'Other ' || n, ''
        from generate_series(1, ${ballots}::int) n returning "id")
      insert into "DecisionBallot" ("voiceId", "coalitionId", "decisionId", "mark", "castById", "byPrimary", "castAt")
      select "id", ${coalition.id}::uuid, ${draft.id}::uuid, '{"mark":"position","position":"yes"}',
        gen_random_uuid(), true, now() from voice`;
    await tx.$executeRaw`
      update "DecisionTally" set "answered" = ${ballots}, "counts"[1] = ${ballots}, "sectorAnswered"[1] = ${ballots}
      where "decisionId" = ${draft.id}::uuid`;
    await tx.decision.update({ where: { id: draft.id }, data: { voices: ballots + voters } });
    const opened = await findDecision(tx, coalition.id, draft.id);
    if (!opened) throw new Error('The decision is gone');
    await tools.delivery.post(writing, {
      coalitionId: coalition.id,
      to: { place: placeId as never },
      why: ['measured'],
      key: `bench:${draft.id}`,
      card: drawDecision(opened, await findTally(database, coalition.id, draft.id), coalition, coalition),
      live: { view: decisionView, subject: draft.id },
    });
    return draft.id;
  });
}

/** The decision as it was before the votes, so that every round begins alike. */
async function takeBack({ database }: Bot, id: DecisionId, ballots: number): Promise<void> {
  await database.$executeRaw`
    delete from "DecisionBallot" b using "DecisionVoice" v
    where v."id" = b."voiceId" and b."decisionId" = ${id}::uuid and v."name" like 'Partner %'`;
  await database.$executeRaw`
    update "DecisionTally" set "answered" = ${ballots}, "counts" = array[${ballots}, 0, 0]::bigint[],
      "sectorAnswered" = array[${ballots}]::int[]
    where "decisionId" = ${id}::uuid`;
}

/** Nothing is left to send and no card is stale. */
async function settled({ database }: Bot): Promise<void> {
  for (;;) {
    const waiting = await database.outgoing.count({ where: { state: { in: ['waiting', 'sending'] } } });
    const stale = await database.posting.count({ where: { stale: true } });
    if (waiting + stale === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function expectTally({ bot, coalition }: Scene, id: DecisionId, wanted: number): Promise<void> {
  const tally = await findTally(bot.database, coalition.id, id);
  const total = tally?.counts.reduce((a, b) => a + b, 0n);
  if (tally?.answered !== wanted || total !== BigInt(wanted))
    throw new Error(`The tally is ${tally?.answered} and ${total}, not ${wanted}`);
}

/** The most the database commits: one new row each, through the same client. */
async function measureCommits({ database }: Bot): Promise<number> {
  const commits = voters * 2;
  const started = performance.now();
  let next = 0;
  const commit = async () => {
    while (next++ < commits) {
      await database.arrival.create({ data: { key: `bench:${randomUUID()}`, arrivedAt: new Date() } });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, commit));
  return (commits * 1000) / (performance.now() - started);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const rounded = (value: number) => Math.round(value * 100) / 100;
