import { listStoreFunctions, takesNoCoalition, trustsItsIds } from '../../../scripts/structure/stores.ts';

/** Stores that belong to no feature, by the feature whose play leads there. */
const besides: Readonly<Record<string, readonly string[]>> = { attention: ['outreach/', 'identity/'] };

/** Store functions that another feature's play calls, because what it is about leads there: whose. */
const elsewhere: Readonly<Record<string, string>> = {
  'features/decisions/proposing/store.ts findStanding': 'agreement',
  'features/directory/partners/store.ts recordRolesHeld': 'roles',
  'features/meetings/small/store.ts listPeople': 'introductions',
  'features/roles/rosters/store.ts listDutiesOn': 'meetings',
  'identity/store.ts findPlace': 'digests',
  'identity/store.ts hasPlace': 'meetings',
  'identity/store.ts listBackbone': 'meetings',
  'identity/store.ts listMembersById': 'measures',
  'identity/store.ts listMembersNamed': 'decisions',
  'identity/store.ts listPlacesWith': 'decisions',
};

/** Every store function that can be called with the ids of another coalition and has to withstand it. */
export const listWalked = (): string[] =>
  listStoreFunctions()
    .map(({ name }) => name)
    .filter((name) => !(name in takesNoCoalition) && !(name in trustsItsIds));

/** What the play about a feature has to call. */
export function listDue(feature: string): string[] {
  const stores = [`features/${feature}/`, ...(besides[feature] ?? [])];
  return listWalked().filter((name) =>
    name in elsewhere ? elsewhere[name] === feature : stores.some((store) => name.startsWith(store)),
  );
}

/** Names in the list above that are none, or need not be there. */
export const listMisplaced = (): string[] =>
  Object.entries(elsewhere).flatMap(([name, feature]) =>
    listWalked().includes(name) && !name.startsWith(`features/${feature}/`) ? [] : [name],
  );
