import type { Digraph, GraphView, ImportGraph } from '../../model/import-graph.ts';
import { IMPORT_KINDS, isExecutedAtImport } from '../../model/import-kind.ts';
import type { ReadSource } from '../source-text.ts';
import type { Advisor, Submodule } from './advisor.ts';
import { type FixContext, chooseFix, withoutItself } from './choose-fix.ts';
import { type Fix, type WeighedFix, weighed } from './fix.ts';
import { type PythonVersion, isAtLeast } from '../../python-version.ts';
import { RemainingArcs } from './remaining-arcs.ts';

export interface FixOptions {
  /** Oldest Python that the project runs on, where that is known. */
  readonly version?: PythonVersion | undefined;
  readonly readSource: ReadSource;
}

interface Arc {
  readonly from: number;
  readonly to: number;
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
      const { TypeScriptAdvisor } = await import('./typescript/typescript-advisor.ts');
      return new FixSuggester(graph, view, await TypeScriptAdvisor.open(graph, options.readSource), false);
    }
    const { PythonAdvisor } = await import('./python/python-advisor.ts');
    const { version } = options;
    const advisor = new PythonAdvisor(graph, options.readSource, isAtLeast(version, 3, 14));
    return new FixSuggester(graph, view, advisor, isAtLeast(version, 3, 15));
  }

  /**
   * @param rows - Of one statement, behind one arc.
   * @param arc - The arc to take away; its target may be a package above the rows' own.
   * @param remaining - Where given, a fix may replace the arc by one that closes no cycle, which is then added.
   */
  suggest(rows: readonly number[], arc: Arc, remaining?: RemainingArcs): Fix {
    const submodule = this.#submodule(rows, arc, remaining);
    const { takers, dependants } = {
      takers: this.#advisor.takers(rows),
      dependants: this.#advisor.dependants(rows),
    };
    const { kind, text } = this.#choose(rows, arc, submodule, { takers, dependants });
    return { kind, text };
  }

  /** How much work the fix would be; `digraph` and `knot` tell whether importing a submodule instead would help. */
  effort(rows: readonly number[], arc: Arc, digraph: Digraph, knot: readonly number[]): number {
    const remaining = (): RemainingArcs => new RemainingArcs(digraph, knot, [arc]);
    return this.#choose(rows, arc, this.#submodule(rows, arc, remaining)).effort;
  }

  #choose(
    rows: readonly number[],
    arc: Arc,
    submodule: Submodule | undefined,
    others: Pick<FixContext, 'takers' | 'dependants'> = { takers: [], dependants: [] },
  ): WeighedFix {
    const { modules, imports, language } = this.#graph;
    const from = modules[arc.from]!;
    if (arc.from === arc.to) return weighed(withoutItself(from.name));
    const use = this.#advisor.use(rows);
    if (use === undefined) {
      const text = `move what both modules need into a third one (how \`${from.path}\` uses the import could not be read)`;
      return weighed({ kind: 'extract', text });
    }
    return chooseFix(use, {
      view: this.#view,
      language,
      hasLazyImports: this.#hasLazyImports,
      isDeferred: !isExecutedAtImport(IMPORT_KINDS[imports.kind[rows[0]!]!]!),
      from,
      to: modules[arc.to]!.name,
      ...others,
      ...(submodule === undefined ? {} : { submodule }),
    });
  }

  #submodule(
    rows: readonly number[],
    arc: Arc,
    remaining: RemainingArcs | (() => RemainingArcs) | undefined,
  ): Submodule | undefined {
    if (remaining === undefined || arc.to !== this.#graph.imports.to[rows[0]!]) return undefined;
    const submodule = this.#advisor.submodule(rows);
    if (submodule === undefined) return undefined;
    const arcs = typeof remaining === 'function' ? remaining() : remaining;
    const targets = submodule.targets.flatMap((target) => this.#reached(arc.from, target));
    if (targets.some((target) => arcs.wouldClose(arc.from, target))) return undefined;
    for (const target of targets) arcs.add(arc.from, target);
    return submodule;
  }

  /** What an import of a module would count for in the view. */
  #reached(from: number, target: number): number[] {
    if (this.#view !== 'runtime') return [target];
    const above = (module: number): number[] => {
      const packages: number[] = [];
      for (let at = this.#graph.modules[module]!.parent; at >= 0; at = this.#graph.modules[at]!.parent)
        packages.push(at);
      return packages;
    };
    const there = new Set([from, ...above(from)]);
    return [target, ...above(target).filter((each) => !there.has(each))];
  }
}
