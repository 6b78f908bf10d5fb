import type { PartnerId } from './ids.ts';
import type { Tools } from './ports.ts';
import type { Reader } from './reader.ts';
import type { Text } from './text.ts';
import type { Coalition } from './who.ts';

/** What there is to talk about with a partner, from every feature. */
export async function talkingPoints(
  tools: Tools,
  coalition: Coalition,
  partnerId: PartnerId,
  reader: Reader,
): Promise<Text[]> {
  const points: Text[] = [];
  for (const { adds } of tools.features()) {
    points.push(...((await adds.talkingPoints?.({ coalition, partnerId, reader, tools })) ?? []));
  }
  return points;
}
