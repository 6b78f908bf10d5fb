import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { SendIcon } from './icons.tsx';
import type { Chosen } from './interface.ts';
import { Suggestions } from './suggestions.tsx';
import { useCompletions } from './use-completions.ts';
import type { Completion } from './wire.ts';
import { words } from './words.ts';

/** The line's own id: where the focus goes when it has nowhere else to be. */
export const lineId = 'line';

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
  const completions = useCompletions(as, place);
  const chosen = useRef(new Map<string, Chosen>());
  const input = useRef<HTMLInputElement>(null);
  /** Counts the changes of the line, so that an answer knows whether its own line still stands. */
  const changes = useRef(0);
  const listId = useId();
  const optionId = (index: number) => `${listId}-${index}`;
  const { found, active, shown } = completions;

  function change(next: string) {
    setLine(next);
    changes.current += 1;
    void completions.ask(next);
  }

  // A place keeps what was typed; suggestions are another's.
  useEffect(() => {
    input.current?.focus();
    completions.close();
  }, [as, place]);
  // Begins once for each line that is handed in.
  useEffect(() => {
    if (!of.begun) return;
    change(of.begun.line);
    input.current?.focus();
  }, [of.begun]);

  function take(suggestion: Completion) {
    if (suggestion.chosen) chosen.current.set(suggestion.chosen.option, suggestion.chosen);
    change(suggestion.line);
    input.current?.focus();
  }

  async function send() {
    const text = line.trim();
    if (text === '' || of.isBusy) return;
    completions.close();
    const sent = changes.current;
    const isTaken = await of.onSay(text, [...chosen.current.values()]);
    // Whoever typed on meanwhile keeps their next line.
    if (!isTaken || changes.current !== sent) return;
    chosen.current.clear();
    change('');
  }

  function onKeyDown(event: KeyboardEvent) {
    const count = shown.length;
    if (event.isComposing) return;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        if (count === 0 && !completions.isBehind()) void completions.ask(line);
        else void completions.move(event.key === 'ArrowDown' ? 1 : -1);
        return;
      }
      case 'Tab':
        if (event.shiftKey || (count === 0 && !completions.isBehind())) return;
        event.preventDefault();
        void completions.pick().then((picked) => picked && take(picked));
        return;
      case 'Enter': {
        event.preventDefault();
        const picked = completions.chosen(line);
        if (picked && picked.line !== line) take(picked);
        else void send();
        return;
      }
      case 'Escape':
        if (count > 0) event.preventDefault();
        completions.close();
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
      {completions.isOpen && (
        <Suggestions
          id={listId}
          optionId={optionId}
          found={found}
          active={active}
          onTake={take}
          onHover={completions.go}
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
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={completions.close}
          onFocus={() => completions.ask(line)}
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
