import type { Asked } from '../core/asked.ts';
import type { PlaceId } from '../core/ids.ts';
import type { Tools } from '../core/ports.ts';
import { recordPlace } from './store.ts';

/** The channel somebody is in, known to the bot from now on. */
export async function findPlaceHere(
  { coalition, workspace, placeHere }: Asked,
  { database }: Tools,
): Promise<PlaceId | null> {
  if (!coalition || !workspace || !placeHere) return null;
  return (await recordPlace(database, coalition.id, workspace.id, placeHere)).id;
}
