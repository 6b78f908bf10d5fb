import { useRef, useState } from 'preact/hooks';
import { server } from './interface.ts';
import type { Completion, Completions } from './wire.ts';

const nothing: Completions = { suggestions: [], command: null, option: null };

/**
 * What could come next on a line. Answers arrive after the keys that asked for them, so what is shown
 * may belong to an earlier line: a key that chooses waits for the line as it stands.
 */
export function useCompletions(as: string, place: string) {
  const [found, setFound] = useState(nothing);
  /** Counted from 0; -1 is none. */
  const [active, setActive] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  /** The answer on its way, if one is. */
  const arriving = useRef<Promise<Completions> | null>(null);

  /** What is offered for the line as it stands; nothing when the line went on meanwhile. */
  async function settle(): Promise<readonly Completion[]> {
    const mine = arriving.current;
    if (mine === null) return found.suggestions;
    const { suggestions } = await mine;
    return arriving.current === null || arriving.current === mine ? suggestions : [];
  }

  return {
    found,
    active,
    isOpen,
    shown: isOpen ? found.suggestions : [],
    /** Whether what is shown may belong to an earlier line. */
    isBehind: () => arriving.current !== null,

    /** Asks what could follow a line. Without suggestions the line still works: a failure is not worth a word. */
    async ask(line: string) {
      const mine = line.startsWith('/') ? server.complete(as, place, line).catch(() => nothing) : null;
      arriving.current = mine;
      if (mine === null) {
        setFound(nothing);
        return;
      }
      const completions = await mine;
      if (arriving.current !== mine) return;
      arriving.current = null;
      setFound(completions);
      setOpen(true);
      setActive(startsAt(completions, line));
    },
    /** What Enter takes: what is active, as long as it fits the line. */
    chosen(line: string): Completion | null {
      const picked = isOpen ? found.suggestions[active] : undefined;
      return picked && (arriving.current === null || picked.line.startsWith(line)) ? picked : null;
    },
    /** What Tab takes: the active suggestion, else the first. */
    async pick(): Promise<Completion | null> {
      const isBehind = arriving.current !== null;
      const suggestions = await settle();
      return suggestions[isBehind ? 0 : active] ?? suggestions[0] ?? null;
    },
    /** Goes up or down the list, round its ends. */
    async move(by: 1 | -1) {
      const { length } = await settle();
      if (length === 0) return;
      setActive((at) => (by === 1 ? at + 1 : Math.max(at, 0) + length - 1) % length);
    },
    go: setActive,
    /** Closed means closed: an answer still on its way does not open the list again. */
    close() {
      arriving.current = null;
      setOpen(false);
    },
  };
}

/** A command that is not whole yet is completed by Enter; what could be sent as it is, is sent. */
function startsAt({ suggestions }: Completions, line: string): number {
  const first = suggestions[0];
  if (first?.kind !== 'command') return -1;
  return suggestions.some((each) => each.line.trim() === line.trim()) ? -1 : 0;
}
