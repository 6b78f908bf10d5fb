import type { PartnerId } from './ids.ts';
import type { Tools } from './ports.ts';
import type { Reader } from './reader.ts';
import type { Text } from './text.ts';
import type { Coalition } from './who.ts';

/** What a point is about: what they offer, thanks due, their news, what they were promised, what they were asked. */
export type TalkingPoint = {
  readonly about: 'offers' | 'thanks' | 'news' | 'promise' | 'asked';
  readonly text: Text;
};

/** What there is to talk about with a partner, from every feature: of each kind the first, so that none hides another. */
export async function talkingPoints(
  tools: Tools,
  coalition: Coalition,
  partnerId: PartnerId,
  reader: Reader,
): Promise<Text[]> {
  const points = new Map<TalkingPoint['about'], Text>();
  for (const { adds } of tools.features()) {
    const added = (await adds.talkingPoints?.({ coalition, partnerId, reader, tools })) ?? [];
    for (const { about, text } of added) if (!points.has(about)) points.set(about, text);
  }
  return [...points.values()];
}
