import { createHash, randomBytes } from 'node:crypto';
import type { Installation, InstallationStore, InstallURLOptions, StateStore } from '@slack/bolt';
import type { CoalitionId } from '../../src/core/ids.ts';
import type { Tools } from '../../src/core/ports.ts';
import type { Database } from '../../src/database.ts';
import { recordWorkspacesBack, workspaceTask } from '../../src/delivery/workspaces.ts';
import type { Secrets } from '../../src/secrets.ts';
import { botSecret, refreshSecret, type Tokens } from './tokens.ts';
import { say } from './words.ts';

/** Slack's OAuth code is exchanged within minutes; @slack/oauth keeps its cookie as long. */
const stateLivesMs = 10 * 60_000;

/** An installation for the whole organisation, which we do not offer: told apart to say so. */
export class OrganisationInstallError extends Error {}

/** Where @slack/oauth puts installations. Tokens are sealed before they reach the database. */
export function installationStore(
  tools: Pick<Tools, 'realClock' | 'staffTasks' | 'write'>,
  secrets: Secrets,
  tokens: Tokens,
): InstallationStore {
  return {
    async storeInstallation(installation) {
      const { team, bot } = installation as Installation<'v2', boolean>;
      if (!team || !bot) throw new OrganisationInstallError('Installed for an organisation, not a workspace');
      const teamId = team.id;
      const data = {
        teamName: team.name ?? team.id,
        enterpriseId: installation.enterprise?.id ?? null,
        botUserId: bot.userId,
        scopes: bot.scopes,
        botToken: secrets.seal(bot.token, botSecret(teamId)),
        refreshToken: bot.refreshToken ? secrets.seal(bot.refreshToken, refreshSecret(teamId)) : null,
        tokenExpiresAt: bot.expiresAt ? new Date(bot.expiresAt * 1000) : null,
        installedBy: installation.user.id,
        installedAt: tools.realClock.now(),
        removedAt: null,
      };
      await tools.write(async (writing) => {
        const { tx } = writing;
        await tx.slackInstallation.upsert({ where: { teamId }, create: { teamId, ...data }, update: data });
        // A workspace that had us before comes back to its coalition as it was.
        await recordWorkspacesBack(writing, tools.staffTasks, { platform: 'slack', refs: [teamId] });
      });
      tokens.forget(teamId);
    },
    /** Nobody asks: tokens come from `tokens.ts`, which refreshes them under a lock. */
    async fetchInstallation() {
      throw new Error('Tokens are read by tokens.ts');
    },
  };
}

/** A state works once, for ten minutes, wherever the browser is sent back to. */
export function stateStore(database: Database): StateStore {
  return {
    async generateStateParam(installOptions, now) {
      const state = randomBytes(32).toString('base64url');
      const options = JSON.parse(JSON.stringify(installOptions));
      await database.slackInstallState.create({ data: { hash: hash(state), options, createdAt: now } });
      const ended = new Date(now.getTime() - stateLivesMs);
      await database.slackInstallState.deleteMany({ where: { createdAt: { lt: ended } } });
      return state;
    },
    async verifyStateParam(now, state) {
      const ended = new Date(now.getTime() - stateLivesMs);
      const used = await database.$queryRaw<{ options: unknown }[]>`
        delete from "SlackInstallState" where "hash" = ${hash(state)} and "createdAt" >= ${ended}
        returning "options"`;
      const [row] = used;
      if (!row) throw new Error('This state was used before, or is none of ours');
      return row.options as InstallURLOptions;
    },
  };
}

const hash = (state: string) => createHash('sha256').update(state).digest('hex');

/**
 * Slack says that the app was removed from a workspace. Told late, or twice, it changes nothing: what happened
 * before the last installation is over.
 */
export async function recordRemoved(tools: Tools, teamId: string, happenedAt: Date): Promise<void> {
  await tools.write(async (writing) => {
    const { tx, now } = writing;
    const installation = await tx.slackInstallation.findUnique({ where: { teamId } });
    if (installation && installation.installedAt > happenedAt) return;
    await tx.slackInstallation.updateMany({
      where: { teamId },
      data: { botToken: null, refreshToken: null, tokenExpiresAt: null, removedAt: happenedAt },
    });
    const workspace = await tx.workspace.findFirst({
      where: { platform: 'slack', ref: teamId },
      include: { coalition: true },
    });
    if (!workspace) return;
    await tx.workspace.updateMany({ where: { id: workspace.id, removedAt: null }, data: { removedAt: now } });
    const { language, timeZone } = workspace.coalition;
    await tools.staffTasks.open(writing, {
      coalitionId: workspace.coalitionId as CoalitionId,
      kind: workspaceTask,
      subject: workspace.id,
      text: say({ language, timeZone }, 'workspace.removed', { name: workspace.name }),
    });
  });
}

/** Seals every stored token with the key in use now. Returns how many were sealed with another. */
export async function resealTokens(database: Database, secrets: Secrets): Promise<number> {
  const rows = await database.slackInstallation.findMany({ select: { teamId: true } });
  let changed = 0;
  for (const { teamId } of rows) {
    // Locked, because a refresh at this moment would otherwise be overwritten with the token it has used up.
    changed += await database.$transaction(async (tx) => {
      await tx.$queryRaw`select 1 from "SlackInstallation" where "teamId" = ${teamId} for update`;
      const row = await tx.slackInstallation.findUniqueOrThrow({ where: { teamId } });
      const reseal = (sealed: string | null, what: string) =>
        sealed === null || secrets.isCurrent(sealed)
          ? sealed
          : secrets.seal(secrets.open(sealed, what), what);
      const botToken = reseal(row.botToken, botSecret(teamId));
      const refreshToken = reseal(row.refreshToken, refreshSecret(teamId));
      if (botToken === row.botToken && refreshToken === row.refreshToken) return 0;
      await tx.slackInstallation.update({ where: { teamId }, data: { botToken, refreshToken } });
      return 1;
    });
  }
  return changed;
}
