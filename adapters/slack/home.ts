import type { Answer } from '../../src/core/answer.ts';
import type { Answering } from './answer.ts';
import { type DrawnCard, drawCard, drawWords } from './draw-card.ts';
import type { TextScope } from './draw-text.ts';
import type { Route } from './route.ts';
import { say } from './words.ts';

/** What stands in the App Home: the answer of this command, "my place in the coalition". */
export const homeCommand = 'coalition me';

/** Puts an answer into somebody's App Home. */
export async function publishHome(
  answer: Answer,
  route: Route,
  scope: TextScope,
  answering: Answering,
): Promise<void> {
  const { blocks } = drawHome(answer, scope);
  await answering.api.call(route.teamId, 'views.publish', {
    user_id: route.userId,
    view: { type: 'home', blocks },
  });
}

function drawHome(answer: Answer, text: TextScope): DrawnCard {
  const scope = { ...text, files: 'direct-message' } as const;
  if (answer.answer === 'card') return drawCard(answer.card, scope);
  if (answer.answer === 'refused') return drawWords(answer.text, scope);
  return drawWords(say(scope.reader, 'home.missing'), scope);
}
