import type { GraphView, ImportGraph } from '../../model/import-graph.ts';
import { IMPORT_KINDS, isExecutedAtImport } from '../../model/import-kind.ts';
import type { ReadSource } from '../source-text.ts';
import type { Advisor } from './advisor.ts';
import { chooseFix } from './choose-fix.ts';
import { EFFORT, type Fix } from './fix.ts';
import { type PythonVersion, isAtLeast } from './python-version.ts';
import type { RemainingArcs } from './remaining-arcs.ts';

export interface FixOptions {
  /** Oldest Python that the project runs on, where that is known. */
  readonly version?: PythonVersion | undefined;
  readonly readSource: ReadSource;
}

/** Proposes a fix for imports of a graph. */
export class FixSuggester {
  readonly #graph: ImportGraph;
  readonly #view: GraphView;
  readonly #advisor: Advisor;
  readonly #hasLazyImports: boolean;

  private constructor(graph: ImportGraph, view: GraphView, advisor: Advisor, hasLazyImports: boolean) {
    this.#graph = graph;
    this.#view = view;
    this.#advisor = advisor;
    this.#hasLazyImports = hasLazyImports;
  }

  /** Loads the parser of the graph's language. */
  static async open(graph: ImportGraph, view: GraphView, options: FixOptions): Promise<FixSuggester> {
    if (graph.language === 'typescript') {
      const { TypeScriptAdvisor } = await import('./typescript-advisor.ts');
      return new FixSuggester(graph, view, await TypeScriptAdvisor.open(graph, options.readSource), false);
    }
    const { PythonAdvisor } = await import('./python-advisor.ts');
    const { version } = options;
    const advisor = new PythonAdvisor(graph, options.readSource, isAtLeast(version, 3, 14));
    return new FixSuggester(graph, view, advisor, isAtLeast(version, 3, 15));
  }

  /**
   * @param rows - Of one statement, behind one arc.
   * @param arc - The arc to take away; its target may be a package above the rows' own.
   * @param remaining - Where given, a fix may replace the arc by one that closes no cycle, which is then added.
   */
  suggest(
    rows: readonly number[],
    arc: { readonly from: number; readonly to: number },
    remaining?: RemainingArcs,
  ): Fix {
    const from = this.#graph.modules[arc.from]!;
    const use = this.#advisor.use(rows);
    const submodule = this.#submodule(rows, arc, remaining);
    if (use === undefined) {
      return {
        kind: 'extract',
        text: `move what both modules need into a third one (how \`${from.path}\` uses the import could not be read)`,
      };
    }
    return chooseFix(use, {
      view: this.#view,
      language: this.#graph.language,
      hasLazyImports: this.#hasLazyImports,
      from,
      to: this.#graph.modules[arc.to]!.name,
      isDeferred: !isExecutedAtImport(IMPORT_KINDS[this.#graph.imports.kind[rows[0]!]!]!),
      ...(submodule === undefined ? {} : { submodule }),
    });
  }

  /** How much work the fix would be, by `EFFORT`. */
  effort(rows: readonly number[], arc: { readonly from: number; readonly to: number }): number {
    return EFFORT[this.suggest(rows, arc).kind];
  }

  #submodule(
    rows: readonly number[],
    arc: { readonly from: number; readonly to: number },
    remaining: RemainingArcs | undefined,
  ): ReturnType<Advisor['submodule']> {
    if (remaining === undefined || arc.to !== this.#graph.imports.to[rows[0]!]) return undefined;
    const submodule = this.#advisor.submodule(rows);
    if (submodule?.targets.every((target) => !remaining.wouldClose(arc.from, target)) !== true) {
      return undefined;
    }
    for (const target of submodule.targets) remaining.add(arc.from, target);
    return submodule;
  }
}
