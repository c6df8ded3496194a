import { PHASE_NAMES } from '../model/phase-names.ts';
import type { GarbageCollection, PhaseName, PhaseRecord } from '../model/recording.ts';
import type { Row } from './row.ts';

type State = Row & { k: 'phase' | 'last' };

interface Boundary {
  readonly name: PhaseName;
  readonly atMs: number;
  readonly cpuUs: number;
  readonly bytes: number;
}

const NAMES: readonly string[] = PHASE_NAMES;

/** The phases of a recording: each row begins one. */
export class PhaseRows {
  readonly #at: (us: number) => number;
  readonly #boundaries: Boundary[] = [{ name: 'start-up', atMs: 0, cpuUs: 0, bytes: 0 }];
  #end: Boundary | undefined;
  #cpuUs: number | undefined;
  #garbage: readonly number[] = [];
  /** VmHWM when it was last told, bytes. */
  peak: number | undefined;

  constructor(at: (us: number) => number) {
    this.#at = at;
  }

  get current(): PhaseName {
    return this.#boundaries.at(-1)?.name ?? 'start-up';
  }

  get cpuMs(): number | undefined {
    return this.#cpuUs === undefined ? undefined : this.#cpuUs / 1000;
  }

  get garbage(): GarbageCollection {
    const [first = 0, second = 0, third = 0, us = 0] = this.#garbage;
    return { runs: [first, second, third], wallMs: us / 1000 };
  }

  add(row: State): void {
    this.#cpuUs = row.cpu;
    this.#garbage = row.gc;
    this.peak = row.hwm ?? this.peak;
    const boundary = { name: this.current, atMs: this.#at(row.t), cpuUs: row.cpu, bytes: row.rss };
    if (row.k === 'last') this.#end = boundary;
    else if (isPhase(row.name)) this.#boundaries.push({ ...boundary, name: row.name });
  }

  heardCpu(us: number): void {
    this.#cpuUs = us;
  }

  build(lastMs: number, endedMs: number | undefined, bytes: number): PhaseRecord[] {
    const end = this.#end ?? {
      name: this.current,
      atMs: Math.max(lastMs, endedMs ?? 0),
      cpuUs: this.#cpuUs ?? 0,
      bytes,
    };
    return this.#boundaries.map((phase, index) => {
      const next = this.#boundaries[index + 1] ?? end;
      return {
        name: phase.name,
        atMs: phase.atMs,
        wallMs: Math.max(0, next.atMs - phase.atMs),
        cpuMs: Math.max(0, next.cpuUs - phase.cpuUs) / 1000,
        memoryBytes: next.bytes - phase.bytes,
      };
    });
  }
}

function isPhase(name: string): name is PhaseName {
  return NAMES.includes(name);
}
