import type { Answer } from '../../src/core/answer.ts';
import type { MemberId } from '../../src/core/ids.ts';
import type { Reader } from '../../src/core/reader.ts';
import { type DrawnCard, drawCard, drawWords } from './draw-card.ts';
import type { Answering } from './answer.ts';
import type { Route } from './route.ts';
import { say } from './words.ts';

/** What stands in the App Home: the answer of this command, "my place in the coalition". */
export const homeCommand = 'coalition me';

/** Puts an answer into somebody's App Home. */
export async function publishHome(
  answer: Answer,
  route: Route,
  reader: Reader,
  answering: Answering,
): Promise<void> {
  const { blocks } = await drawHome(answer, route, reader, answering);
  await answering.api.call(route.teamId, 'views.publish', {
    user_id: route.userId,
    view: { type: 'home', blocks },
  });
}

async function drawHome(
  answer: Answer,
  route: Route,
  reader: Reader,
  answering: Answering,
): Promise<DrawnCard> {
  const accounts: ReadonlyMap<MemberId, string> =
    answer.answer === 'card' ? await answering.accountsIn(answer.card, route.teamId) : new Map();
  const scope = { reader, accounts, files: 'direct-message' } as const;
  if (answer.answer === 'card') return drawCard(answer.card, scope);
  if (answer.answer === 'refused') return drawWords(answer.text, scope);
  return drawWords(say(reader, 'home.missing'), scope);
}
