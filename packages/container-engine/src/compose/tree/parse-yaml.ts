import { LineCounter, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import type { SourceLocation } from '@seaworthy/scenario';
import { mistake } from '../values/mistake.ts';
import type { MapEntry, TreeNode } from './node.ts';

/** More than any file that a person writes; aliases of aliases can make far more of a few lines. */
const MOST_NODES = 100_000;

/**
 * The documents of a YAML text as trees with places. Aliases and merge keys (`<<`) are resolved: what comes from an anchor
 * has the place of the anchor.
 *
 * @param path what locations name.
 * @throws UsageError for bad syntax, aliases that hold themselves, keys that are no texts.
 */
export function parseYaml(text: string, path: string): readonly TreeNode[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
  const locate = (offset: number): SourceLocation => {
    const { line, col } = lineCounter.linePos(offset);
    return { path, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined)
      throw mistake(locate(error.pos[0]), `this is no YAML: ${sentence(error.message)} Correct the line.`);
    return document.contents === null ? [] : [new TreeBuilder(document, locate).build(document.contents)];
  });
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

class TreeBuilder {
  readonly #document: Document.Parsed;
  readonly #locate: (offset: number) => SourceLocation;
  readonly #open = new Set<Node>();
  #count = 0;

  constructor(document: Document.Parsed, locate: (offset: number) => SourceLocation) {
    this.#document = document;
    this.#locate = locate;
  }

  build(node: Node): TreeNode {
    const at = this.#placeOf(node);
    this.#count += 1;
    if (this.#count > MOST_NODES)
      throw mistake(
        at,
        `aliases make more than ${String(MOST_NODES)} values of this file. Use fewer of them.`,
      );
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target === undefined)
        throw mistake(at, `there is no anchor &${node.source}. Define it above, or write the value out.`);
      if (this.#open.has(target))
        throw mistake(at, `the alias *${node.source} stands inside its own anchor. Write the value out.`);
      return this.build(target);
    }
    const tag = tagOf(node);
    this.#open.add(node);
    try {
      if (isSeq(node))
        return { kind: 'list', items: node.items.map((item) => this.build(item as Node)), at, ...tag };
      if (isMap(node)) return { kind: 'map', entries: this.#entriesOf(node), at, ...tag };
    } finally {
      this.#open.delete(node);
    }
    const value = isScalar(node) ? node.value : null;
    const known =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return { kind: 'scalar', value: known, source: sourceOf(node), at, ...tag };
  }

  #entriesOf(map: YAMLMap): ReadonlyMap<string, MapEntry> {
    const own = new Map<string, MapEntry>();
    const merged = new Map<string, MapEntry>();
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const keyAt = this.#placeOf(pair.key);
      if (isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN') {
        // Of several merged maps the first one wins, and the map's own keys win over all of them.
        for (const [key, entry] of this.#merged(pair.value, keyAt))
          if (!merged.has(key)) merged.set(key, entry);
        continue;
      }
      if (!isScalar(pair.key) || pair.key.value === null)
        throw mistake(keyAt, 'a key must be a text. Correct it, or put it in quotes.');
      const empty: TreeNode = { kind: 'scalar', value: null, source: '', at: keyAt };
      own.set(String(pair.key.value), { keyAt, node: pair.value === null ? empty : this.build(pair.value) });
    }
    return new Map([...merged, ...own]);
  }

  #merged(value: Node | null, at: SourceLocation): readonly (readonly [string, MapEntry])[] {
    const node = value === null ? undefined : this.build(value);
    const maps = node?.kind === 'list' ? node.items : [node];
    return maps.flatMap((map) => {
      if (map?.kind === 'map') return [...map.entries];
      throw mistake(map?.at ?? at, '<<: expected a mapping, such as *defaults, or a list of them.');
    });
  }

  #placeOf(node: Node): SourceLocation {
    return this.#locate(node.range?.[0] ?? 0);
  }
}

function tagOf({ tag }: Node): Pick<TreeNode, 'tag'> {
  return tag === '!reset' || tag === '!override' ? { tag } : {};
}

function sourceOf(node: Node): string {
  if (!isScalar(node)) return '';
  return node.source ?? String(node.value ?? '');
}
