import type {
  CollectionError,
  ConftestRecord,
  HookRecord,
  ItemCounts,
  Leftovers,
  MemorySample,
  PluginFacts,
  Position,
  PytestEnding,
  PytestFacts,
  PythonFacts,
  Recording,
  SourceRecord,
} from '../model/recording.ts';
import { CollectorRows } from './collector-rows.ts';
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
  readonly #conftests: ConftestRecord[] = [];
  readonly #openConftests: string[] = [];
  readonly #sources: SourceRecord[] = [];
  readonly #hooks = new Map<string, HookRecord>();
  readonly #errors: CollectionError[] = [];
  readonly #memory: MemorySample[] = [];
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
        this.#openConftests.push(row.f);
        break;
      case 'fc':
        this.#sample(row.e, row.r);
        this.#endConftest(row);
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
    const conftest = this.#openConftests.at(-1);
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
    const peakBytes = Math.max(peak ?? 0, ...this.#memory.map(({ bytes }) => bytes));
    return {
      ...(this.#python === undefined ? {} : { python: this.#python }),
      ...(this.#pytest === undefined ? {} : { pytest: this.#pytest }),
      ...(this.#noPytest === undefined ? {} : { noPytest: this.#noPytest }),
      phases,
      collectors: this.#collectors.build(),
      conftests: this.#conftests,
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
      ...this.#ending(),
      ...(this.#leftovers === undefined ? {} : { leftovers: this.#leftovers }),
    };
  }

  #ending(): { ending?: PytestEnding } {
    if (this.#status === undefined) return {};
    const stop = this.#stop;
    if (stop === undefined) return { ending: { status: this.#status, kind: 'finished' } };
    return {
      ending: {
        status: this.#status,
        kind: isEnding(stop.why) ? stop.why : 'internal-error',
        reason: stop.reason,
        ...(stop.traceback === undefined ? {} : { traceback: stop.traceback }),
        ...(stop.f === undefined ? {} : { raisedIn: stop.f }),
        ...(stop.l === undefined ? {} : { line: stop.l }),
        ...(this.#broke === undefined ? {} : { at: this.#broke }),
      },
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

  #endConftest(row: Row & { k: 'fc' }): void {
    const open = this.#openConftests.lastIndexOf(row.f);
    if (open >= 0) this.#openConftests.splice(open);
    this.#conftests.push({
      path: row.f,
      atMs: Math.max(0, (row.t - this.#startedUs) / 1000),
      wallMs: (row.e - row.t) / 1000,
      cpuMs: row.u / 1000,
      memoryBytes: row.m,
      failed: row.bad,
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

function isEnding(kind: string): kind is PytestEnding['kind'] {
  return ['finished', 'interrupted', 'exit', 'stopped', 'usage-error', 'internal-error'].includes(kind);
}
