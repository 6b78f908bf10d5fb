import type { Span } from './wire.ts';

/** A sentence. Every piece becomes text of the page; nothing in it can become markup. */
export function Spans({ spans }: { spans: readonly Span[] }) {
  return (
    <>
      {spans.map((span, index) => (
        <Piece key={index} span={span} />
      ))}
    </>
  );
}

/** Signs that turn the reading direction around end with the text they stand in. */
function Words({ text }: { text: string }) {
  if (turnsDirection.test(text)) return <bdi>{text}</bdi>;
  return text;
}

const turnsDirection = /[\u202a-\u202e\u2066-\u2069]/;

function Piece({ span }: { span: Span }) {
  switch (span.span) {
    case 'text':
      return <Words text={span.text} />;
    case 'bold':
      return (
        <strong>
          <Spans spans={span.spans} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Spans spans={span.spans} />
        </em>
      );
    case 'code':
      return <code>{span.text}</code>;
    case 'link':
      if (span.href === null) return <>{span.text}</>;
      return (
        <a href={span.href} target="_blank" rel="noreferrer noopener">
          {span.text}
        </a>
      );
    case 'mention':
      return <span class={span.you ? 'mention mention-you' : 'mention'}>@{span.name}</span>;
    case 'place':
      return <span class="mention">#{span.name}</span>;
    case 'instant':
      return (
        <time dateTime={span.iso} class="instant">
          {span.yours}
          {span.own !== null && <span class="own-zone"> ({span.own})</span>}
        </time>
      );
    default:
      return span satisfies never;
  }
}
