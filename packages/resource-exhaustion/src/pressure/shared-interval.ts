interface Beat {
  readonly timer: NodeJS.Timeout;
  readonly callbacks: Set<() => void>;
}

const beats = new Map<number, Beat>();

/**
 * Calls back again and again, by one timer for all that have the same interval: to be woken costs more than a look at most of what
 * there is to see. It keeps no process from its end. Ends when disposed of.
 */
export function sharedInterval(everyMs: number, callback: () => void): Disposable {
  // A function of its own: the same may be called by two.
  const own = (): void => callback();
  const beat = beats.get(everyMs) ?? startBeat(everyMs);
  beat.callbacks.add(own);
  return {
    [Symbol.dispose]() {
      beat.callbacks.delete(own);
      if (beat.callbacks.size > 0 || beats.get(everyMs) !== beat) return;
      clearInterval(beat.timer);
      beats.delete(everyMs);
    },
  };
}

function startBeat(everyMs: number): Beat {
  const callbacks = new Set<() => void>();
  const timer = setInterval(() => {
    for (const callback of callbacks) callback();
  }, everyMs);
  timer.unref();
  const beat = { timer, callbacks };
  beats.set(everyMs, beat);
  return beat;
}
