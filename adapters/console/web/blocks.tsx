import { useId, useState } from 'preact/hooks';
import { FileIcon } from './icons.tsx';
import { Spans } from './spans.tsx';
import type { Block, ButtonRow, Choice } from './wire.ts';
import { words } from './words.ts';

export type Acting = {
  readonly isBusy: boolean;
  press(button: ButtonRow): void;
  pick(id: string, value: string): void;
};

export function Blocks({ blocks, acting }: { blocks: readonly Block[]; acting: Acting }) {
  return (
    <>
      {blocks.map((block, index) => (
        <One key={index} block={block} acting={acting} />
      ))}
    </>
  );
}

function One({ block, acting }: { block: Block; acting: Acting }) {
  switch (block.block) {
    case 'heading':
      return <h3 class="card-heading">{block.text}</h3>;
    case 'text':
      return (
        <p class="card-text">
          <Spans spans={block.spans} />
        </p>
      );
    case 'note':
      return (
        <p class="card-note">
          <Spans spans={block.spans} />
        </p>
      );
    case 'fields':
      return (
        <dl class="card-fields">
          {block.fields.map((field, index) => (
            <div key={index}>
              <dt>{field.label}</dt>
              <dd>
                <Spans spans={field.spans} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Spans spans={item} />
        </li>
      ));
      return block.ordered ? <ol class="card-list">{items}</ol> : <ul class="card-list">{items}</ul>;
    }
    case 'tally':
      return (
        <ul class="tally">
          {block.options.map((option, index) => (
            <li key={index}>
              <span class="tally-label">{option.label}</span>
              <span class="tally-count">{words.votes(option.count, option.percent)}</span>
              <span class="bar" aria-hidden="true">
                <span style={{ inlineSize: `${option.percent}%` }} />
              </span>
              {option.voters.length > 0 && <span class="voters">{option.voters.join(', ')}</span>}
            </li>
          ))}
        </ul>
      );
    case 'progress':
      return <Progress {...block} />;
    case 'people':
      return (
        <ul class="people">
          {block.people.map((person, index) => (
            <li key={index}>
              <strong>{person.name}</strong>
              {person.note !== '' && <span> {person.note}</span>}
            </li>
          ))}
        </ul>
      );
    case 'image':
      return <img class="card-image" src={block.url} alt={block.alt} loading="lazy" />;
    case 'file':
      return (
        <a class="card-file" href={block.href} download={block.name}>
          <FileIcon />
          <span class="file-name">{block.name}</span>
          <span class="file-size">{sizeWords(block.bytes)}</span>
          <span class="file-do">{words.download}</span>
        </a>
      );
    case 'buttons':
      return (
        <div class="card-buttons">
          {block.buttons.map((button) => (
            <button
              key={button.id}
              type="button"
              class={`button button-${button.look}`}
              aria-disabled={acting.isBusy}
              onClick={() => acting.press(button)}
            >
              {button.label}
            </button>
          ))}
        </div>
      );
    case 'select':
      return <Select {...block} acting={acting} />;
    case 'divider':
      return <hr class="card-divider" />;
    default:
      return block satisfies never;
  }
}

function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  const id = useId();
  return (
    <div class="progress">
      <span id={id}>{label}</span>
      <span>
        {done} / {total}
      </span>
      <progress value={done} max={Math.max(1, total)} aria-labelledby={id} />
    </div>
  );
}

/** Chosen first and sent with a button of its own, so that moving through the list sends nothing. */
function Select(of: { id: string; placeholder: string; choices: readonly Choice[]; acting: Acting }) {
  const [value, setValue] = useState('');
  const label = useId();
  return (
    <div class="card-select">
      <label for={label} class="visually-hidden">
        {of.placeholder}
      </label>
      <select id={label} value={value} onChange={(event) => setValue(event.currentTarget.value)}>
        <option value="">{of.placeholder}</option>
        {of.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.description ? `${choice.label} – ${choice.description}` : choice.label}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="button button-plain"
        aria-disabled={of.acting.isBusy || value === ''}
        onClick={() => value !== '' && of.acting.pick(of.id, value)}
      >
        {words.pick}
      </button>
    </div>
  );
}

function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
