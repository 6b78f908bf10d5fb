import { useId, useState } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import { ThreadIcon } from './icons.tsx';
import { sentenceOf, server } from './interface.ts';
import type { Home, Person } from './wire.ts';
import { words } from './words.ts';

/** The first page: who to be. */
export function ChoosePerson({ home, onChoose }: { home: Home; onChoose(ref: string): void }) {
  const groups = [
    { title: words.staff, people: home.people.filter(({ standing }) => standing === 'backbone') },
    {
      title: words.partners,
      people: home.people.filter(({ standing }) => standing !== null && standing !== 'backbone'),
    },
    { title: words.visitors, people: home.people.filter(({ standing }) => standing === null) },
  ].filter(({ people }) => people.length > 0);

  return (
    <main class="choose">
      <header class="choose-head">
        <p class="brand">
          <ThreadIcon />
          {words.product}
        </p>
        <h1>{words.who}</h1>
        <p class="lead">{home.coalition === null ? words.noCoalition : words.whoNote}</p>
        {home.coalition !== null && (
          <p class="choose-coalition">
            <b>{home.demo ? home.coalition.replace(/ \(demo\)$/, '') : home.coalition}</b>
            {home.demo && <span class="tag">{words.demo}</span>}
            <span>{home.demo ? words.demoNote : words.realNote}</span>
          </p>
        )}
      </header>
      {groups.map(({ title, people }) => (
        <section key={title} aria-label={title}>
          <h2 class="group-title">{title}</h2>
          <ul class="person-grid">
            {people.map((person) => (
              <li key={person.ref}>
                <PersonButton person={person} onChoose={onChoose} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <NewPerson onChoose={onChoose} />
    </main>
  );
}

function PersonButton({ person, onChoose }: { person: Person; onChoose(ref: string): void }) {
  return (
    <button type="button" class="person" onClick={() => onChoose(person.ref)}>
      <Avatar name={person.name} />
      <span class="person-words">
        <b>{person.name}</b>
        {person.partner !== null && <span class="person-partner">{person.partner}</span>}
        <span class="person-role">{standingOf(person)}</span>
      </span>
      <span class="person-time">{person.localTime}</span>
    </button>
  );
}

export function roleOf(person: Person): string {
  return [standingOf(person), person.partner].filter(Boolean).join(' · ');
}

const standingOf = ({ standing }: Person): string =>
  standing === null ? words.notJoined : (words.standing[standing] ?? standing);

function NewPerson({ onChoose }: { onChoose(ref: string): void }) {
  const [name, setName] = useState('');
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
  const [trouble, setTrouble] = useState<string | null>(null);
  const id = useId();

  async function comeIn() {
    if (name.trim() === '') return;
    try {
      const { person } = await server.addPerson(name.trim(), zone.trim());
      onChoose(person.ref);
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
  }

  return (
    <section class="new-person" aria-labelledby={`${id}-title`}>
      <h2 class="group-title" id={`${id}-title`}>
        {words.somebodyNew}
      </h2>
      <p class="hint">{words.somebodyNewNote}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void comeIn();
        }}
      >
        <div class="field">
          <label class="label" for={`${id}-name`}>
            {words.name}
          </label>
          <input
            id={`${id}-name`}
            type="text"
            autocomplete="off"
            required
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label class="label" for={`${id}-zone`}>
            {words.timeZone}
          </label>
          <input
            id={`${id}-zone`}
            type="text"
            autocomplete="off"
            required
            value={zone}
            onInput={(event) => setZone(event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="button button-primary">
          {words.comeIn}
        </button>
      </form>
      {trouble !== null && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
    </section>
  );
}
