import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import { type Acting, Blocks } from './blocks.tsx';
import { DownIcon, LockIcon, ReplyIcon, ThreadIcon } from './icons.tsx';
import type { Block, ButtonRow, Message } from './wire.ts';
import { words } from './words.ts';

/** How far from the end one may have scrolled and still be taken along by what arrives, in pixels. */
const nearEnd = 120;

export function Conversation(of: {
  name: string;
  messages: readonly Message[];
  isLoaded: boolean;
  more: boolean;
  isBusy: boolean;
  /** Commands to begin with. */
  starts: readonly string[];
  onOlder(): void;
  onTry(line: string): void;
  onPress(message: Message, button: ButtonRow): void;
  onPick(message: Message, id: string, value: string): void;
}) {
  const { messages, name } = of;
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [hasBelow, setBelow] = useState(false);
  const last = messages.at(-1)?.ref ?? null;

  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
    setBelow(false);
  };
  // Runs when another message is the last one.
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
    else setBelow(true);
  }, [last]);
  // Another place starts at its end.
  useLayoutEffect(toEnd, [name]);
  // A card that grows, or a keyboard that takes room, leaves the end in sight.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    return () => watch.disconnect();
  }, []);

  return (
    <div class="conversation">
      <section
        class="scroll"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={words.conversation(name)}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd;
          if (isAtEnd.current) setBelow(false);
        }}
      >
        <div class="log" role="log" aria-live="polite" aria-label={words.conversation(name)}>
          {of.more && (
            <button type="button" class="button button-quiet older" onClick={of.onOlder}>
              {words.older}
            </button>
          )}
          {of.isLoaded && messages.length === 0 && <Empty name={name} starts={of.starts} onTry={of.onTry} />}
          {messages.map((message, index) => (
            <Fragment key={message.ref}>
              {message.posted.day !== messages[index - 1]?.posted.day && (
                <h2 class="day">
                  <span>{message.posted.day}</span>
                </h2>
              )}
              <One
                message={message}
                acting={{
                  isBusy: of.isBusy,
                  press: (button) => of.onPress(message, button),
                  pick: (id, value) => of.onPick(message, id, value),
                }}
              />
            </Fragment>
          ))}
        </div>
      </section>
      {hasBelow && (
        <button type="button" class="button button-primary below" onClick={toEnd}>
          <DownIcon />
          {words.newest}
        </button>
      )}
    </div>
  );
}

function Empty({
  name,
  starts,
  onTry,
}: {
  name: string;
  starts: readonly string[];
  onTry(line: string): void;
}) {
  return (
    <div class="empty">
      <span class="empty-mark">
        <ThreadIcon />
      </span>
      <h2>{words.nothingYet(name)}</h2>
      <p>{words.nothingYetNote}</p>
      <p class="starts">
        {starts.map((line) => (
          <button key={line} type="button" class="button button-plain" onClick={() => onTry(line)}>
            <code>{line}</code>
          </button>
        ))}
      </p>
    </div>
  );
}

function One({ message, acting }: { message: Message; acting: Acting }) {
  const { about, blocks } = message;
  const classes = ['message', `tone-${message.tone}`, message.private ? 'private' : ''].join(' ');
  const isPlain =
    blocks.every(({ block }) => block === 'text' || block === 'note') && message.tone === 'plain';
  return (
    <article class={classes} data-ref={message.ref} aria-label={`${words.bot}, ${message.posted.time}`}>
      {about && (
        <p class="about">
          <ReplyIcon />
          <Avatar name={about.name} isSmall />
          <span>
            <b>{about.you ? words.you : about.name}</b> <Deed text={about.text} />
          </span>
        </p>
      )}
      <span class="bot-mark">
        <ThreadIcon />
      </span>
      <div class="said">
        <p class="by">
          <b>{words.bot}</b>
          <time dateTime={message.postedAt}>{message.posted.time}</time>
          {message.private && (
            <span class="only-you">
              <LockIcon />
              {words.onlyYou}
            </span>
          )}
        </p>
        <div class={isPlain ? 'card card-plain' : 'card'}>
          <Blocks blocks={rowsJoined(blocks)} acting={acting} />
        </div>
      </div>
    </article>
  );
}

/** What somebody did: a command as they typed it, or a press in words. */
function Deed({ text }: { text: string }) {
  if (!text.startsWith('/')) return <>{text}</>;
  return (
    <>
      {words.used} <code>{text}</code>
    </>
  );
}

/** Rows of buttons that follow each other stand together. */
function rowsJoined(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const before = joined.at(-1);
    if (block.block === 'buttons' && before?.block === 'buttons') {
      joined[joined.length - 1] = { block: 'buttons', buttons: [...before.buttons, ...block.buttons] };
    } else joined.push(block);
  }
  return joined;
}
