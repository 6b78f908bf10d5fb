import { useCallback, useEffect, useState } from 'preact/hooks';
import { ClockBar } from './clock-bar.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { ConfirmDialog, FormDialog, type Values } from './form-dialog.tsx';
import { HashIcon, MenuIcon } from './icons.tsx';
import { sentenceOf, server } from './interface.ts';
import { Sidebar } from './sidebar.tsx';
import { useMessages } from './use-messages.ts';
import { useUnfinished } from './use-unfinished.ts';
import type { ButtonRow, Clock, Home, Message, Person, Place, Result } from './wire.ts';
import { words } from './words.ts';

type Asking = { readonly message: Message; readonly button: ButtonRow };
const notes: Readonly<Record<Place['kind'], string>> = {
  channel: words.channelNote,
  direct: words.directNote,
  group: words.groupNote,
};
const noProblems: Readonly<Record<string, string>> = {};

/** The chat of one person. */
export function Workspace(of: { home: Home; person: Person; onLeave(): void; onPeople(): void }) {
  const { home, person } = of;
  const as = person.ref;
  const [place, setPlace] = useState<Place>(home.places[0] as Place);
  const [clock, setClock] = useState(home.clock);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; isTrouble: boolean } | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [begun, setBegun] = useState<{ line: string } | null>(null);
  const [problems, setProblems] = useState(noProblems);
  const [isFormOpen, setFormOpen] = useState(false);
  const unfinished = useUnfinished(as);
  const starts = useStarts(as);
  const onClock = useCallback((next: Clock) => setClock(next), []);
  const feed = useMessages(as, place.ref, onClock);
  const isElsewhere = [...feed.unread.keys()].some((ref) => !home.places.some((each) => each.ref === ref));
  // Somebody was introduced: their conversation is a place that was not there before.
  useEffect(() => {
    if (isElsewhere) of.onPeople();
  }, [isElsewhere]);

  /** Runs one thing at a time, and says what came of it. */
  async function does(work: () => Promise<Result>): Promise<boolean> {
    if (isBusy) return false;
    setBusy(true);
    setSaid(null);
    try {
      return show(await work());
    } catch (error) {
      setSaid({ text: sentenceOf(error), isTrouble: true });
      return false;
    } finally {
      setBusy(false);
    }
  }

  function show(result: Result): boolean {
    switch (result.result) {
      case 'message':
      case 'refused':
        closeForm();
        feed.take([result.message]);
        // Who one is may have changed by it: a partner joined, a name set.
        of.onPeople();
        return true;
      case 'form': {
        const { form } = result;
        unfinished.keep(form, Object.fromEntries(form.fields.map(({ name, value }) => [name, value])));
        setProblems(
          Object.fromEntries(
            form.fields.flatMap(({ name, problem }) => (problem === null ? [] : [[name, problem]])),
          ),
        );
        setFormOpen(true);
        return true;
      }
      case 'problems':
        setProblems(result.problems);
        return false;
      case 'duplicate':
        closeForm();
        setSaid({ text: words.duplicate, isTrouble: false });
        return true;
      case 'done':
        closeForm();
        of.onPeople();
        setSaid({ text: words.done, isTrouble: false });
        return true;
      default:
        return result satisfies never;
    }
  }

  function closeForm() {
    unfinished.drop();
    setFormOpen(false);
    setProblems(noProblems);
  }

  function press(message: Message, button: ButtonRow) {
    if (button.confirm !== null) setAsking({ message, button });
    else void does(() => server.press(as, message.ref, button.id));
  }

  const title = place.kind === 'channel' ? `#${place.name}` : place.name;
  return (
    <div class="workspace">
      <Sidebar
        home={home}
        person={person}
        place={place}
        unread={feed.unread}
        isOpen={isMenuOpen}
        onGo={(next) => {
          setPlace(next);
          setMenuOpen(false);
          setSaid(null);
        }}
        onLeave={of.onLeave}
      />
      {isMenuOpen && <div class="shade" onClick={() => setMenuOpen(false)} aria-hidden="true" />}
      <main class="main">
        <ClockBar clock={clock} onMoved={setClock} />
        <header class="place-head">
          <button
            type="button"
            class="button button-quiet icon-button menu-button"
            aria-expanded={isMenuOpen}
            aria-controls="sidebar"
            onClick={() => setMenuOpen(!isMenuOpen)}
          >
            <MenuIcon />
            <span class="visually-hidden">{isMenuOpen ? words.closePlaces : words.openPlaces}</span>
          </button>
          <h1>
            {place.kind === 'channel' && <HashIcon />}
            {place.name}
          </h1>
          <p class="place-note">{notes[place.kind]}</p>
        </header>
        <Conversation
          key={place.ref}
          name={title}
          messages={feed.messages ?? []}
          isLoaded={feed.messages !== null}
          more={feed.more}
          starts={starts}
          isBusy={isBusy}
          onOlder={() => void feed.loadOlder()}
          onTry={(line) => setBegun({ line })}
          onPress={press}
          onPick={(message, id, value) => void does(() => server.pick(as, message.ref, id, [value]))}
        />
        <div class="foot">
          {unfinished.current && !isFormOpen && (
            <div class="unfinished" role="status">
              <span>{words.unfinished(unfinished.current.form.title)}</span>
              <button type="button" class="button button-plain" onClick={() => setFormOpen(true)}>
                {words.goOn}
              </button>
              <button type="button" class="button button-quiet" onClick={closeForm}>
                {words.discard}
              </button>
            </div>
          )}
          <Notice
            text={feed.isConnected ? (feed.trouble ?? said?.text ?? null) : words.reconnecting}
            isTrouble={!feed.isConnected || feed.trouble !== null || (said?.isTrouble ?? false)}
          />
          <Composer
            as={as}
            place={place.ref}
            placeName={title}
            isBusy={isBusy}
            begun={begun}
            onSay={(line, chosen) => does(() => server.say(as, place.ref, line, chosen))}
          />
        </div>
      </main>
      {unfinished.current && isFormOpen && (
        <FormDialog
          key={unfinished.current.key}
          form={unfinished.current.form}
          values={unfinished.current.values}
          problems={problems}
          isBusy={isBusy}
          trouble={said?.isTrouble ? said.text : null}
          onChange={unfinished.change}
          onClose={() => {
            setFormOpen(false);
            setSaid(null);
          }}
          onSubmit={(values: Values) => {
            const { form } = unfinished.current ?? {};
            if (form) void does(() => server.submit({ as, in: form.in, on: form.on, id: form.id, values }));
          }}
        />
      )}
      {asking && (
        <ConfirmDialog
          question={asking.button.confirm ?? ''}
          action={asking.button.label}
          onNo={() => setAsking(null)}
          onYes={() => {
            setAsking(null);
            void does(() => server.press(as, asking.message.ref, asking.button.id));
          }}
        />
      )}
    </div>
  );
}

/** Commands that need nothing more, for somebody who does not know where to begin. */
function useStarts(as: string): readonly string[] {
  const [starts, setStarts] = useState<readonly string[]>([]);
  useEffect(() => {
    server
      .commands(as)
      .then(({ commands }) => {
        const simple = commands.filter(({ options }) => options.every(({ required }) => !required));
        const first = simple.filter(({ name }) =>
          ['coalition help', 'coalition me', 'partners'].includes(name),
        );
        setStarts([...new Set([...first, ...simple])].slice(0, 3).map(({ name }) => `/${name}`));
      })
      // Without them the page still says to type a slash.
      .catch(() => {});
  }, [as]);
  return starts;
}

function Notice({ text, isTrouble }: { text: string | null; isTrouble: boolean }) {
  return (
    <p class={isTrouble ? 'notice trouble' : 'notice visually-hidden'} role={isTrouble ? 'alert' : 'status'}>
      {text}
    </p>
  );
}
