import { Avatar } from './avatar.tsx';
import { roleOf } from './choose-person.tsx';
import { EnvelopeIcon, HashIcon, ThreadIcon } from './icons.tsx';
import { server } from './interface.ts';
import type { Home, Person, Place } from './wire.ts';
import { words } from './words.ts';

/** Where one is, where one could go, and who one is. */
export function Sidebar(of: {
  home: Home;
  person: Person;
  place: Place;
  unread: ReadonlyMap<string, number>;
  isOpen: boolean;
  onGo(place: Place): void;
  onLeave(): void;
}) {
  const { home, person, unread } = of;
  const link = (place: Place) => {
    const count = unread.get(place.ref) ?? 0;
    const isHere = place.ref === of.place.ref;
    return (
      <li key={place.ref}>
        <button
          type="button"
          class={count > 0 ? 'place place-unread' : 'place'}
          aria-current={isHere ? 'page' : undefined}
          onClick={() => of.onGo(place)}
        >
          {place.kind === 'channel' ? <HashIcon /> : <EnvelopeIcon />}
          <span class="place-name">{place.name}</span>
          {count > 0 && <span class="badge">{words.unread(count)}</span>}
        </button>
      </li>
    );
  };
  const groups = home.places.filter(({ kind }) => kind === 'group');
  return (
    <aside id="sidebar" class={of.isOpen ? 'sidebar open' : 'sidebar'} aria-label={words.side}>
      <div class="sidebar-head">
        <p class="brand">
          <ThreadIcon />
          {words.product}
        </p>
        {home.coalition !== null && (
          <p class="coalition">
            {home.coalition.replace(/ \(demo\)$/, '')}
            {home.demo && <span class="tag">{words.demo}</span>}
          </p>
        )}
      </div>
      <nav aria-label={words.places}>
        <h2 class="nav-title">{words.channels}</h2>
        <ul>{home.places.filter(({ kind }) => kind === 'channel').map(link)}</ul>
        <h2 class="nav-title">{words.directNote}</h2>
        <ul>{home.places.filter(({ kind }) => kind === 'direct').map(link)}</ul>
        {groups.length > 0 && <h2 class="nav-title">{words.groups}</h2>}
        {groups.length > 0 && <ul>{groups.map(link)}</ul>}
      </nav>
      <div class="me">
        <Avatar name={person.name} />
        <p class="person-words">
          <b>{person.name}</b>
          <span class="person-role">{roleOf(person)}</span>
        </p>
        <button type="button" class="button button-plain" onClick={of.onLeave}>
          {words.switchPerson}
        </button>
        {home.signedIn && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => void server.logOut().then(() => location.assign('/login'))}
          >
            {words.signOut}
          </button>
        )}
      </div>
    </aside>
  );
}
