import { constants } from 'node:os';
import type { ChurnOptions, Victim, VictimEnding, VictimReply } from '../model/victim.ts';
import type { Conversation } from './conversation.ts';
import { KeeperGone } from './keeper-gone.ts';
import { escapePath, type KeeperLine } from './keeper-line.ts';

const DIED: VictimReply = { outcome: 'died', figures: {} };

/** A victim of a keeper. Its death is an answer (`died`), never an exception: that is what victims are for. */
export class KeptVictim implements Victim {
  readonly id: number;
  readonly pid: number;
  readonly ended: Promise<VictimEnding>;
  /** Called by who hears the keeper. */
  readonly bury: (ending: VictimEnding) => void;
  readonly #conversation: Conversation;

  constructor(conversation: Conversation, id: number, pid: number) {
    this.#conversation = conversation;
    this.id = id;
    this.pid = pid;
    let bury!: (ending: VictimEnding) => void;
    this.ended = new Promise((resolve) => (bury = resolve));
    this.bury = bury;
  }

  memory(bytes: number, { reserveOnly = false } = {}): Promise<VictimReply> {
    return this.#tell('memory', Math.round(bytes), ...(reserveOnly ? ['reserve'] : []));
  }

  cpu(cores: number, { openLoop = false } = {}): Promise<VictimReply> {
    return this.#tell('cpu', cores.toFixed(6), ...(openLoop ? ['open'] : []));
  }

  descriptors(count: number | 'untilFull', { unreserved = false } = {}): Promise<VictimReply> {
    return this.#tell('descriptors', count, ...(unreserved ? ['unreserved'] : []));
  }

  disk(
    path: string,
    bytes: number | 'untilFull',
    { keepOpen = false, preallocate = false } = {},
  ): Promise<VictimReply> {
    const options = [...(keepOpen ? ['keep'] : []), ...(preallocate ? ['preallocate'] : [])];
    return this.#tell('disk', escapePath(path), bytes, ...options);
  }

  churn(options: ChurnOptions): Promise<VictimReply> {
    const { bytes, smallest, largest, cycles, pinEvery = 0, trim, seed } = options;
    return this.#tell('churn', bytes, smallest, largest, cycles, pinEvery, trim ? 1 : 0, seed);
  }

  exercise(): Promise<VictimReply> {
    return this.#tell('exercise');
  }

  release(): Promise<VictimReply> {
    return this.#tell('release');
  }

  async end(): Promise<VictimEnding> {
    await this.#tell('end');
    return this.ended;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    await this.#conversation.askSoon('kill', this.id, constants.signals[signal]).catch(() => undefined);
  }

  async #tell(...words: readonly (string | number)[]): Promise<VictimReply> {
    try {
      return replyOf(await this.#conversation.ask('to', this.id, ...words));
    } catch (error) {
      if (error instanceof KeeperGone) return DIED; // The keeper takes its victims along.
      throw error;
    }
  }
}

function replyOf({ outcome, error, figures }: KeeperLine): VictimReply {
  if (outcome !== 'done' && outcome !== 'refused') return DIED;
  return {
    outcome,
    ...(error === undefined ? {} : { error: String(error) }),
    figures: (figures ?? {}) as Readonly<Record<string, number>>,
  };
}
