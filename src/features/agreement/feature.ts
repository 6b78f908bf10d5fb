import type { CoalitionId, PartnerId } from '../../core/ids.ts';
import type { Reading } from '../../database.ts';

export async function mayTakeRoles(_r: Reading, _c: CoalitionId, _p: PartnerId): Promise<boolean> {
  return true;
}
