import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { ChoosePerson } from './choose-person.tsx';
import { sentenceOf, server } from './interface.ts';
import type { Home } from './wire.ts';
import { words } from './words.ts';
import { Workspace } from './workspace.tsx';

/** Per tab, so that two tabs can be two people side by side. */
const rememberAs = 'as';

function App() {
  const [as, setAs] = useState<string | null>(() => sessionStorage.getItem(rememberAs));
  const [home, setHome] = useState<Home | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const load = useCallback(async () => {
    try {
      setHome(await server.home(as));
      setTrouble(null);
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
  }, [as]);
  useEffect(() => void load(), [load]);

  function become(ref: string | null) {
    if (ref === null) sessionStorage.removeItem(rememberAs);
    else sessionStorage.setItem(rememberAs, ref);
    setHome(null);
    setAs(ref);
  }

  const person = home?.people.find(({ ref }) => ref === as);
  useEffect(() => {
    document.title = person ? `${person.name} – ${words.product}` : words.product;
  }, [person]);

  if (!home) {
    return (
      <main class="opening">
        <p role="status">{trouble ?? words.loading}</p>
        {trouble !== null && (
          <button type="button" class="button button-primary" onClick={() => void load()}>
            {words.again}
          </button>
        )}
      </main>
    );
  }
  if (!person) return <ChoosePerson home={home} onChoose={become} />;
  return (
    <Workspace
      key={person.ref}
      home={home}
      person={person}
      onLeave={() => become(null)}
      onPeople={() => void load()}
    />
  );
}

const page = document.getElementById('page');
if (page) {
  page.replaceChildren();
  render(<App />, page);
}
