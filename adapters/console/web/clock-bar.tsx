import { useEffect, useId, useState } from 'preact/hooks';
import { ClockIcon } from './icons.tsx';
import { sentenceOf, server } from './interface.ts';
import type { Clock } from './wire.ts';
import { words } from './words.ts';

/** What time it is for the bot, and in the demo the buttons that move it on. */
export function ClockBar({ clock, onMoved }: { clock: Clock; onMoved(clock: Clock): void }) {
  const wall = useTicking(clock.wall);
  const [isMoving, setMoving] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState<{ text: string; isTrouble: boolean } | null>(null);
  const [date, setDate] = useState('');
  const id = useId();

  async function move(to: string) {
    if (isMoving || to === '') return;
    setMoving(true);
    setSaid(null);
    try {
      const moved = await server.moveClock(to);
      onMoved(moved);
      setSaid({ text: words.movedTo(`${moved.text} (${moved.zone})`), isTrouble: false });
    } catch (error) {
      setSaid({ text: sentenceOf(error), isTrouble: true });
    } finally {
      setMoving(false);
    }
  }

  const step = (label: string, to: string, title?: string) => (
    <button
      type="button"
      class="button button-clock"
      aria-disabled={isMoving}
      title={title}
      onClick={() => void move(to)}
    >
      {label}
    </button>
  );

  return (
    <section class="clock" aria-label={clock.movable ? words.demoClock : words.clock}>
      <p class="clock-now">
        <ClockIcon />
        <span>
          {clock.movable && <span class="clock-name">{words.demoClock} </span>}
          <time dateTime={clock.now}>{sayTime(wall)}</time> <span class="clock-zone">{clock.zone}</span>
        </span>
      </p>
      {clock.movable && (
        <>
          <button
            type="button"
            class="button button-clock clock-toggle"
            aria-expanded={isOpen}
            aria-controls={`${id}-steps`}
            onClick={() => setOpen(!isOpen)}
          >
            {words.moveClock}
          </button>
          <div id={`${id}-steps`} class={isOpen ? 'clock-steps open' : 'clock-steps'}>
            {step(words.nextHour, 'next-hour')}
            {step(words.nextDay, 'next-day')}
            {clock.nextDue
              ? step(
                  `${words.nextDue}: ${shortTime(clock.nextDue.wall)}`,
                  'next-due',
                  words.nextDueAt(clock.nextDue.text),
                )
              : null}
            <form
              class="clock-date"
              onSubmit={(event) => {
                event.preventDefault();
                void move(date);
              }}
            >
              <label for={`${id}-date`} class="visually-hidden">
                {words.toDate}
              </label>
              <input
                id={`${id}-date`}
                type="datetime-local"
                min={wall.toISOString().slice(0, 16)}
                value={date}
                onInput={(event) => setDate(event.currentTarget.value)}
              />
              <button type="submit" class="button button-clock" aria-disabled={isMoving || date === ''}>
                {words.go}
              </button>
            </form>
          </div>
        </>
      )}
      <p class={said?.isTrouble ? 'clock-said trouble' : 'clock-said visually-hidden'} role="status">
        {isMoving ? words.moving : said?.text}
      </p>
    </section>
  );
}

/** The clock runs on by itself between the server's words about it. It is a wall clock, told as if it were UTC. */
function useTicking(wall: string): Date {
  const [offsetMs, setOffset] = useState(() => new Date(wall).getTime() - Date.now());
  const [, setTick] = useState(0);
  useEffect(() => setOffset(new Date(wall).getTime() - Date.now()), [wall]);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), 5000);
    return () => clearInterval(timer);
  }, []);
  return new Date(Date.now() + offsetMs);
}

const asItStands = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' } as const;
const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;

function sayTime(wall: Date): string {
  return new Intl.DateTimeFormat('en-GB', { ...day, ...asItStands, year: 'numeric' }).format(wall);
}

function shortTime(wall: string): string {
  return new Intl.DateTimeFormat('en-GB', { ...day, ...asItStands }).format(new Date(wall));
}
