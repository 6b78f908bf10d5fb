import { useEffect, useRef } from 'preact/hooks';
import type { CommandHelp, Completion, Completions } from './wire.ts';
import { words } from './words.ts';

/** What could come next, and what the command at hand takes. */
export function Suggestions(of: {
  id: string;
  optionId(index: number): string;
  found: Completions;
  active: number;
  onTake(suggestion: Completion): void;
  onHover(index: number): void;
}) {
  const { suggestions, command, option } = of.found;
  const list = useRef<HTMLDivElement>(null);
  // Keeps the active one in sight.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [of.active]);
  if (suggestions.length === 0 && !command) return null;

  return (
    <div class="suggestions">
      {command && <Usage command={command} option={option} />}
      <div
        id={of.id}
        ref={list}
        class="suggestion-list"
        role="listbox"
        aria-label={words.suggestions}
        hidden={suggestions.length === 0}
      >
        {suggestions.map((suggestion, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the line, which names the active one
          // biome-ignore lint/a11y/useKeyWithClickEvents: the line takes the keys
          <div
            key={suggestion.label}
            id={of.optionId(index)}
            role="option"
            aria-selected={index === of.active}
            class="suggestion"
            // Pressing one must not take the focus from the line.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => index !== of.active && of.onHover(index)}
            onClick={() => of.onTake(suggestion)}
          >
            <span class={`suggestion-label suggestion-${suggestion.kind}`}>{suggestion.label}</span>
            <span class="suggestion-detail">{suggestion.detail}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function Usage({ command, option }: { command: CommandHelp; option: string | null }) {
  const current = command.options.find(({ name }) => name === option);
  return (
    <div class="usage">
      <p class="usage-line">
        <code>/{command.name}</code>
        {command.options.map(({ name, required, given }) => (
          <code
            key={name}
            class={['usage-option', given ? 'given' : '', name === option ? 'current' : ''].join(' ')}
          >
            {name}
            {required ? '' : '?'}
          </code>
        ))}
      </p>
      <p class="usage-help">
        {current ? [current.label, current.hint].filter(Boolean).join('. ') : command.summary}
        {command.example && !current && (
          <>
            {' '}
            {words.example}: <code>{command.example}</code>
          </>
        )}
      </p>
    </div>
  );
}
