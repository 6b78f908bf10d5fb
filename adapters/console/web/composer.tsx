import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { SendIcon } from './icons.tsx';
import type { Chosen } from './interface.ts';
import { server } from './interface.ts';
import { Suggestions } from './suggestions.tsx';
import type { Completion, Completions } from './wire.ts';
import { words } from './words.ts';

/** The line's own id: where the focus goes when it has nowhere else to be. */
export const lineId = 'line';

const nothing: Completions = { suggestions: [], command: null, option: null };

/** The line in which commands are typed. Suggestions are a listbox that the line controls. */
export function Composer(of: {
  as: string;
  place: string;
  placeName: string;
  isBusy: boolean;
  /** A line begun for the person, such as by a button of an empty channel. */
  begun: { readonly line: string } | null;
  /** Resolves true when the line was taken. */
  onSay(line: string, chosen: readonly Chosen[]): Promise<boolean>;
}) {
  const { as, place } = of;
  const [line, setLine] = useState('');
  const [found, setFound] = useState(nothing);
  const [active, setActive] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const chosen = useRef(new Map<string, Chosen>());
  const input = useRef<HTMLInputElement>(null);
  const asking = useRef(0);
  const listId = useId();
  const optionId = (index: number) => `${listId}-${index}`;
  const shown = isOpen ? found.suggestions : [];

  async function change(next: string) {
    setLine(next);
    asking.current += 1;
    const mine = asking.current;
    if (!next.startsWith('/')) {
      setFound(nothing);
      return;
    }
    // Without suggestions the line still works, so a failure here is not worth a word.
    const completions = await server.complete(as, place, next).catch(() => nothing);
    if (asking.current !== mine) return;
    setFound(completions);
    setOpen(true);
    setActive(startsAt(completions, next));
  }

  // A place keeps what was typed; suggestions are another's.
  useEffect(() => {
    input.current?.focus();
    setOpen(false);
  }, [as, place]);
  // Begins once for each line that is handed in.
  useEffect(() => {
    if (!of.begun) return;
    void change(of.begun.line);
    input.current?.focus();
  }, [of.begun]);

  function take(suggestion: Completion) {
    if (suggestion.chosen) chosen.current.set(suggestion.chosen.option, suggestion.chosen);
    void change(suggestion.line);
    input.current?.focus();
  }

  async function send() {
    const text = line.trim();
    if (text === '' || of.isBusy) return;
    setOpen(false);
    asking.current += 1;
    const sent = asking.current;
    const isTaken = await of.onSay(text, [...chosen.current.values()]);
    // Whoever typed on meanwhile keeps their next line.
    if (!isTaken || asking.current !== sent) return;
    chosen.current.clear();
    setFound(nothing);
    setLine('');
  }

  function onKeyDown(event: KeyboardEvent) {
    const count = shown.length;
    const picked = shown[active];
    if (event.isComposing) return;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        if (!isOpen && found.suggestions.length > 0) setOpen(true);
        else if (count > 0)
          setActive(
            event.key === 'ArrowDown' ? (active + 1) % count : (Math.max(active, 0) + count - 1) % count,
          );
        return;
      }
      case 'Tab':
        if (count === 0 || event.shiftKey) return;
        event.preventDefault();
        take(picked ?? (shown[0] as Completion));
        return;
      case 'Enter':
        event.preventDefault();
        if (picked && picked.line !== line) take(picked);
        else void send();
        return;
      case 'Escape':
        if (isOpen && count > 0) event.preventDefault();
        setOpen(false);
        return;
      default:
        return;
    }
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {isOpen && (
        <Suggestions
          id={listId}
          optionId={optionId}
          found={found}
          active={active}
          onTake={take}
          onHover={setActive}
        />
      )}
      <p class="visually-hidden" role="status">
        {shown.length > 0 ? words.suggestionCount(shown.length) : ''}
      </p>
      <div class="composer-line">
        <input
          ref={input}
          id={lineId}
          type="text"
          role="combobox"
          aria-label={words.composer(of.placeName)}
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={shown[active] ? optionId(active) : undefined}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="send"
          placeholder={words.composerHint}
          value={line}
          onInput={(event) => void change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
          onFocus={() => found.suggestions.length > 0 && setOpen(true)}
        />
        <button
          type="submit"
          class="button button-primary send"
          aria-disabled={of.isBusy || line.trim() === ''}
        >
          <SendIcon />
          <span>{of.isBusy ? words.working : words.send}</span>
        </button>
      </div>
    </form>
  );
}

/** A command that is not whole yet is completed by Enter; what could be sent as it is, is sent. */
function startsAt({ suggestions }: Completions, line: string): number {
  const first = suggestions[0];
  if (first?.kind !== 'command') return -1;
  return suggestions.some((each) => each.line.trim() === line.trim()) ? -1 : 0;
}
