import { webApi } from '@slack/bolt';
import type { Tokens } from './tokens.ts';
import { isTokenTrouble, slackCode } from './trouble.ts';

/** Slack's Web API for every workspace the app is installed in. Throws Slack's own errors. */
export type SlackApi = {
  call(teamId: string, method: string, body: Record<string, unknown>): Promise<unknown>;
  /** For what `call` cannot do, such as uploads. */
  client(teamId: string): Promise<webApi.WebClient>;
};

/** Clients of tokens that were replaced are dropped with the oldest. */
const mostClients = 2000;

export function makeSlackApi(tokens: Tokens, options: webApi.WebClientOptions): SlackApi {
  const clients = new Map<string, webApi.WebClient>();

  function clientOf(token: string): webApi.WebClient {
    const known = clients.get(token);
    if (known) return known;
    const made = new webApi.WebClient(token, { ...options });
    clients.set(token, made);
    const [oldest] = clients.keys();
    if (clients.size > mostClients && oldest !== undefined) clients.delete(oldest);
    return made;
  }

  async function call(teamId: string, method: string, body: Record<string, unknown>) {
    const token = await tokens.get(teamId);
    try {
      return await clientOf(token).apiCall(method, body);
    } catch (error) {
      if (!isTokenTrouble(error) || slackCode(error) === null) throw error;
      // Another process may have installed the app again, or refreshed its token, since we read it.
      tokens.forget(teamId);
      const fresh = await tokens.get(teamId);
      if (fresh === token) throw error;
      return await clientOf(fresh).apiCall(method, body);
    }
  }

  return { call, client: async (teamId) => clientOf(await tokens.get(teamId)) };
}
