import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { sentenceOf, server } from './interface.ts';
import type { Clock, Message } from './wire.ts';

type Stretch = { readonly messages: readonly Message[]; readonly more: boolean };

/** Every place's messages for one person, kept up to date by the server's events. */
export function useMessages(as: string, place: string, onClock: (clock: Clock) => void) {
  const [places, setPlaces] = useState<ReadonlyMap<string, Stretch>>(new Map());
  const [unread, setUnread] = useState<ReadonlyMap<string, number>>(new Map());
  const [isConnected, setConnected] = useState(true);
  const [trouble, setTrouble] = useState<string | null>(null);
  const shown = useRef(place);
  shown.current = place;
  const known = useRef(new Set<string>());

  const take = useCallback((arrived: readonly Message[]) => {
    setPlaces((before) => {
      const after = new Map(before);
      for (const message of arrived) {
        const stretch = after.get(message.place);
        if (stretch) after.set(message.place, { ...stretch, messages: merged(stretch.messages, [message]) });
      }
      return after;
    });
  }, []);

  const load = useCallback(
    async (where: string, before?: number): Promise<number> => {
      const page = await server.messages(as, where, before);
      setPlaces((all) => {
        const stretch = all.get(where);
        const messages = merged(stretch?.messages ?? [], page.messages);
        return new Map(all).set(where, { messages, more: page.more });
      });
      for (const message of page.messages) known.current.add(message.ref);
      return page.next;
    },
    [as],
  );

  useEffect(() => {
    let events: EventSource | null = null;
    let isOver = false;
    const begin = async () => {
      const since = await load(shown.current);
      if (isOver) return;
      events = server.events(as, since);
      events.onopen = () => setConnected(true);
      events.onerror = () => setConnected(false);
      events.addEventListener('message', (event) => {
        const message = JSON.parse(event.data) as Message;
        const isNew = !known.current.has(message.ref) && !message.gone;
        known.current.add(message.ref);
        take([message]);
        if (isNew && message.place !== shown.current) {
          setUnread((all) => new Map(all).set(message.place, (all.get(message.place) ?? 0) + 1));
        }
      });
      events.addEventListener('clock', (event) => onClock(JSON.parse((event as MessageEvent).data) as Clock));
    };
    begin().catch((error) => setTrouble(sentenceOf(error)));
    return () => {
      isOver = true;
      events?.close();
    };
  }, [as, load, take, onClock]);

  const isLoaded = places.has(place);
  useEffect(() => {
    setUnread((all) => {
      const rest = new Map(all);
      rest.delete(place);
      return rest;
    });
    if (!isLoaded) load(place).catch((error) => setTrouble(sentenceOf(error)));
  }, [place, isLoaded, load]);

  const stretch = places.get(place) ?? null;
  return {
    messages: stretch?.messages ?? null,
    more: stretch?.more ?? false,
    unread,
    isConnected,
    trouble,
    take,
    loadOlder: () => load(place, stretch?.messages[0]?.position),
  };
}

/** One conversation out of two readings of it: the later state of each message, in order, without what is gone. */
function merged(a: readonly Message[], b: readonly Message[]): Message[] {
  const byRef = new Map<string, Message>();
  for (const message of [...a, ...b]) {
    const other = byRef.get(message.ref);
    if (!other || other.change <= message.change) byRef.set(message.ref, message);
  }
  return [...byRef.values()].filter((message) => !message.gone).sort((x, y) => x.position - y.position);
}
