import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Keeper } from '../model/sandbox.ts';
import type { VictimEnding } from '../model/victim.ts';
import { Conversation } from './conversation.ts';
import { insideView } from './inside-view.ts';
import { KeeperGone, KeeperRefused } from './keeper-gone.ts';
import type { KeeperLine } from './keeper-line.ts';
import { KeptVictim } from './kept-victim.ts';

/** What a keeper says of itself when it is ready. */
export interface KeeperFacts {
  readonly kind: string;
  readonly protocol: number;
  /** As it sees itself: 1 in a container. */
  readonly pid: number;
  readonly pageBytes: number;
  /** 0: it sees no cgroup of its own. */
  readonly cgroupVersion: 0 | 1 | 2;
  /** The soft limit of open files that victims inherit. */
  readonly descriptors: number;
}

export interface ConnectedKeeper extends Keeper {
  readonly facts: KeeperFacts;
  /** Closes its input: it then ends all victims and itself. */
  hangUp(): void;
}

const PROTOCOL = 1;
const LAST_WORDS_MS = 500;
const READY_WITHIN_MS = 30_000;

/**
 * Speaks to a keeper that was started with `keeperCommand`. Survives torn lines, victims that are killed while they answer,
 * and the death of the keeper at any moment: what was asked then rejects with KeeperGone, victims count as ended.
 *
 * @param ended how the keeper's process ended, from who started it.
 * @param answerWithinMs how long it may take for what it does itself (victims may take as long as they need), 30 s by default.
 * @throws KeeperGone where it ends before it is ready, or is not ready in 30 s, with what it said.
 */
export async function connectKeeper(
  stdin: Writable,
  stdout: Readable,
  ended: Keeper['ended'],
  { answerWithinMs }: { answerWithinMs?: number } = {},
): Promise<ConnectedKeeper> {
  const victims = new Map<number, KeptVictim>();
  const early = new Map<number, VictimEnding>();
  let ready!: (line: KeeperLine) => void;
  const isReady = new Promise<KeeperLine>((resolve) => (ready = resolve));
  const hear = (line: KeeperLine): void => {
    if (line.event === 'ready') ready(line);
    if (line.event !== 'ended') return;
    const number = Number(line['victim']);
    const victim = victims.get(number);
    if (victim === undefined) early.set(number, endingOf(line));
    else victim.bury(endingOf(line));
    victims.delete(number);
  };
  const conversation = new Conversation(stdin, stdout, hear, answerWithinMs);
  const facts = factsOf(await within(isReady, conversation));
  // The output may stay open (somebody else holds it) though the keeper is gone, or the other way round. What it said last
  // may still be on its way.
  const isGone = ended.then(
    () => sleep(LAST_WORDS_MS, undefined, { ref: false }),
    () => undefined,
  );
  const gone = Promise.race([conversation.over, isGone]);
  void gone.then(() => {
    for (const victim of victims.values()) victim.bury({ code: null, signal: null });
    victims.clear();
    conversation.close();
  });
  return {
    facts,
    ended,
    inside: insideView(conversation),
    hangUp: () => conversation.hangUp(),
    async startVictim({ signal } = {}) {
      signal?.throwIfAborted();
      const { victim: number, pid, error } = await conversation.askSoon('start');
      if (error !== undefined) throw new KeeperRefused(String(error), 'start a victim');
      const victim = new KeptVictim(conversation, Number(number), Number(pid));
      victims.set(victim.id, victim);
      const dead = early.get(victim.id);
      if (dead !== undefined) victim.bury(dead);
      return victim;
    },
  };
}

async function within(ready: Promise<KeeperLine>, conversation: Conversation): Promise<KeeperLine> {
  const patience = new AbortController();
  const late = once(AbortSignal.any([AbortSignal.timeout(READY_WITHIN_MS), patience.signal]), 'abort');
  try {
    return await Promise.race([
      ready,
      conversation.over.then(() => {
        throw conversation.gone();
      }),
      late.then(() => {
        throw new KeeperGone(`The keeper of the sandbox was not ready within ${READY_WITHIN_MS / 1000} s`);
      }),
    ]);
  } finally {
    patience.abort();
  }
}

function factsOf(line: KeeperLine): KeeperFacts {
  const { kind, protocol, pid, pageBytes, cgroup, descriptors } = line;
  if (protocol !== PROTOCOL)
    throw new KeeperGone(`The keeper speaks protocol ${String(protocol)}, not ${PROTOCOL}`);
  return {
    kind: String(kind),
    protocol,
    pid: Number(pid),
    pageBytes: Number(pageBytes),
    cgroupVersion: Number(cgroup) as 0 | 1 | 2,
    descriptors: Number(descriptors),
  };
}

const SIGNALS = new Map(Object.entries(constants.signals).map(([name, number]) => [number as number, name]));

function endingOf(line: KeeperLine): VictimEnding {
  const { code, signal, killsBefore, killsAfter, peakBytes } = line;
  return {
    code: typeof code === 'number' ? code : null,
    signal: typeof signal === 'number' ? (SIGNALS.get(signal) ?? `signal ${signal}`) : null,
    ...(typeof killsBefore === 'number' ? { killsBefore } : {}),
    ...(typeof killsAfter === 'number' ? { killsAfter } : {}),
    ...(typeof peakBytes === 'number' ? { peakBytes } : {}),
  };
}
