import type {
  CollectionError,
  HookRecord,
  ItemCounts,
  Leftovers,
  MemorySample,
  PluginFacts,
  Position,
  PytestFacts,
  PythonFacts,
  Recording,
  SourceRecord,
} from '../model/recording.ts';
import { CollectorRows } from './collector-rows.ts';
import { ConftestRows } from './conftest-rows.ts';
import { endingOf } from './ending-row.ts';
import { ImportRows } from './import-rows.ts';
import { itemCounts, leftovers, pluginFacts } from './nested-rows.ts';
import { PhaseRows } from './phase-rows.ts';
import type { Row } from './row.ts';

/** When the process was started and when it ended, by the clock that `process.hrtime.bigint()` reads, ns. */
export interface ProcessTimes {
  readonly startedAt: bigint;
  readonly endedAt?: bigint;
}

/** Makes a recording of rows, as they come. */
export class RecordingBuilder {
  readonly #startedUs: number;
  readonly #phases: PhaseRows;
  readonly #collectors: CollectorRows;
  readonly #imports: ImportRows;
  readonly #conftests: ConftestRows;
  readonly #sources: SourceRecord[] = [];
  readonly #hooks = new Map<string, HookRecord>();
  readonly #errors: CollectionError[] = [];
  readonly #memory: MemorySample[] = [];
  readonly #faults: string[] = [];
  #python: PythonFacts | undefined;
  #pytest: PytestFacts | undefined;
  #noPytest: string | undefined;
  #items: ItemCounts | undefined;
  #leftovers: Leftovers | undefined;
  #stop: (Row & { k: 'stop' }) | undefined;
  #status: number | undefined;
  #broke: Position | undefined;
  #isOver = false;
  #lastMs = 0;

  constructor({ startedAt }: ProcessTimes) {
    this.#startedUs = Number(startedAt) / 1000;
    const at = (us: number): number => Math.max(0, (us - this.#startedUs) / 1000);
    this.#phases = new PhaseRows(at);
    this.#collectors = new CollectorRows(at);
    this.#imports = new ImportRows(at);
    this.#conftests = new ConftestRows(at);
  }

  add(row: Row): void {
    switch (row.k) {
      case 'python':
        this.#heard(row.t);
        this.#python = {
          executable: row.executable,
          version: row.version,
          implementation: row.implementation,
          pid: row.pid,
          dontWriteBytecode: row.nobc,
        };
        break;
      case 'no-pytest':
        this.#heard(row.t);
        this.#noPytest = row.message;
        break;
      case 'phase':
      case 'last':
        this.#sample(row.t, row.rss);
        this.#phases.add(row);
        this.#isOver = row.k === 'last';
        break;
      case 'pytest': {
        const { version, pluggy, rootdir, inifile, testpaths, args } = row;
        const plugins = row.plugins.flatMap(pluginFacts);
        this.#pytest = {
          version,
          pluggy,
          rootdir,
          ...(inifile === undefined ? {} : { inifile }),
          testpaths,
          args,
          plugins,
        };
        break;
      }
      case 'plugins':
        this.#addPlugins(row.plugins.flatMap(pluginFacts));
        break;
      case 'o':
        this.#heard(row.t);
        this.#collectors.open(row);
        break;
      case 'c':
        this.#sample(row.e, row.r);
        this.#phases.heardCpu(row.a);
        this.#collectors.close(row);
        break;
      case 'oc':
        this.#collectors.add(row);
        break;
      case 'fo':
        this.#heard(row.t);
        this.#conftests.open(row.f);
        break;
      case 'fc':
        this.#sample(row.e, row.r);
        this.#conftests.close(row);
        break;
      case 'i':
        this.#heard(row.t + row.w);
        this.#imports.add(row);
        break;
      case 's':
        this.#sources.push({
          path: row.f,
          hit: row.h,
          written: row.wr,
          rewriteMs: row.rw / 1000,
          execMs: row.ex / 1000,
        });
        break;
      case 'h':
        this.#hooks.set(`${row.p}\0${row.h}`, {
          plugin: row.p,
          hook: row.h,
          calls: row.n,
          wallMs: row.w / 1000,
          memoryBytes: row.m,
        });
        break;
      case 'e':
        this.#addError(row);
        break;
      case 'items':
        this.#items = itemCounts(row);
        break;
      case 'broke':
        this.#heard(row.t);
        this.#broke ??= this.position(row.importing);
        break;
      case 'stop':
        this.#heard(row.t);
        this.#stop ??= row;
        break;
      case 'ended':
        this.#heard(row.t);
        this.#status = row.status;
        break;
      case 'fault':
        this.#faults.push(row.traceback === undefined ? row.what : `${row.what}\n${row.traceback}`);
        break;
      case 'left':
        this.#heard(row.t);
        this.#leftovers = leftovers(row);
        break;
    }
  }

  /** What a live display shows. */
  get counts(): { readonly files: number; readonly items: number; readonly memoryBytes: number } {
    return { ...this.#collectors.counts, memoryBytes: this.#memory.at(-1)?.bytes ?? 0 };
  }

  /** Where the process was when the last row was written. */
  position(importing?: string): Position {
    const conftest = this.#conftests.innermost;
    const collector = this.#collectors.innermost;
    return {
      phase: this.#phases.current,
      ...(conftest === undefined ? collector : { path: conftest }),
      ...(importing === undefined || importing === '' ? {} : { importing }),
      atMs: this.#lastMs,
    };
  }

  /** @param importing the innermost module that was being imported when the process ended */
  build(endedAt?: bigint, importing?: string): Recording {
    const endedMs = endedAt === undefined ? undefined : (Number(endedAt) / 1000 - this.#startedUs) / 1000;
    const phases = this.#phases.build(this.#lastMs, endedMs, this.#memory.at(-1)?.bytes ?? 0);
    const { peak, cpuMs, garbage } = this.#phases;
    const peakBytes = this.#memory.reduce((most, { bytes }) => Math.max(most, bytes), peak ?? 0);
    return {
      ...(this.#python === undefined ? {} : { python: this.#python }),
      ...(this.#pytest === undefined ? {} : { pytest: this.#pytest }),
      ...(this.#noPytest === undefined ? {} : { noPytest: this.#noPytest }),
      phases,
      collectors: this.#collectors.build(),
      conftests: this.#conftests.build(),
      imports: this.#imports.build(),
      sources: this.#sources,
      hooks: [...this.#hooks.values()],
      errors: this.#errors,
      ...(this.#items === undefined ? {} : { items: this.#items }),
      memory: this.#memory.toSorted((a, b) => a.atMs - b.atMs),
      garbage,
      ...(peakBytes === 0 ? {} : { ownPeakBytes: peakBytes }),
      ...(cpuMs === undefined ? {} : { ownCpuMs: cpuMs }),
      last: (this.#isOver ? this.#broke : undefined) ?? this.position(this.#isOver ? undefined : importing),
      ...endingOf(this.#status, this.#stop, this.#broke),
      ...(this.#leftovers === undefined ? {} : { leftovers: this.#leftovers }),
      ...(this.#faults.length === 0 ? {} : { faults: this.#faults }),
    };
  }

  #addError(row: Row & { k: 'e' }): void {
    this.#errors.push({
      nodeId: row.n,
      ...(row.f === undefined ? {} : { path: row.f }),
      ...(row.l === undefined ? {} : { line: row.l }),
      ...(row.in === undefined ? {} : { raisedIn: row.in }),
      type: row.x,
      message: row.m,
      traceback: row.tb,
    });
  }

  #addPlugins(plugins: readonly PluginFacts[]): void {
    if (this.#pytest !== undefined)
      this.#pytest = { ...this.#pytest, plugins: [...this.#pytest.plugins, ...plugins] };
  }

  #heard(us: number): void {
    this.#lastMs = Math.max(this.#lastMs, (us - this.#startedUs) / 1000);
  }

  #sample(us: number, bytes: number): void {
    this.#heard(us);
    if (bytes > 0) this.#memory.push({ atMs: Math.max(0, (us - this.#startedUs) / 1000), bytes });
  }
}
