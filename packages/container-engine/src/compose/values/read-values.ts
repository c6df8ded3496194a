import type { SourceLocation } from '@seaworthy/scenario';
import type { Placed } from '../compose-project.ts';
import { entryAt } from '../tree/node.ts';
import type { MapNode, TreeNode } from '../tree/node.ts';
import { parseByteSize } from './byte-size.ts';
import { unexpected } from './mistake.ts';
import { parseSpan } from './span.ts';
import { splitWords } from './words.ts';

/** Reads values of a mapping by type. What is absent or empty is `undefined`; what is of another type throws a UsageError. */
export class ValueReader {
  readonly map: MapNode;
  /** Path of the mapping, for messages: `services.db`. */
  readonly #path: string;

  constructor(map: MapNode, path: string) {
    this.map = map;
    this.#path = path;
  }

  nameOf(key: string): string {
    return `${this.#path}.${key}`;
  }

  /** Where a key stands. */
  placeOf(key: string): SourceLocation {
    return this.map.entries.get(key)?.keyAt ?? this.map.at;
  }

  node(...path: readonly string[]): TreeNode | undefined {
    return entryAt(this.map, ...path)?.node;
  }

  /** The mapping below a key. */
  inner(key: string): ValueReader | undefined {
    const node = this.node(key);
    if (node === undefined) return undefined;
    if (node.kind !== 'map') throw unexpected(node, this.nameOf(key), 'a mapping');
    return new ValueReader(node, this.nameOf(key));
  }

  text(key: string): Placed<string> | undefined {
    return this.#read(key, 'a text', (value) => String(value));
  }

  /** A number of bytes, or a size such as `512m`. */
  bytes(key: string): Placed<number> | undefined {
    return this.#read(key, 'a size of 0 or more, such as 512m or 1.5g', (value) =>
      parseByteSize(String(value)),
    );
  }

  /** As {@link bytes}, where -1 says: no limit. */
  bytesOrNone(key: string): Placed<number> | undefined {
    return this.#read(key, 'a size, such as 512m, or -1 for no limit', (value) =>
      String(value) === '-1' ? -1 : parseByteSize(String(value)),
    );
  }

  number(key: string, min = 0): Placed<number> | undefined {
    return this.#read(key, `a number of ${String(min)} or more`, (value) => {
      const number = asNumber(value);
      return number !== undefined && number >= min ? number : undefined;
    });
  }

  wholeNumber(key: string, min: number, max: number = Number.MAX_SAFE_INTEGER): Placed<number> | undefined {
    const range =
      max === Number.MAX_SAFE_INTEGER ? `of ${String(min)} or more` : `from ${String(min)} to ${String(max)}`;
    return this.#read(key, `a whole number ${range}`, (value) => {
      const number = asNumber(value);
      return number !== undefined && Number.isInteger(number) && number >= min && number <= max
        ? number
        : undefined;
    });
  }

  /** A text that a variable gave counts as well. */
  flag(key: string): Placed<boolean> | undefined {
    return this.#read(key, 'true or false', (value) => {
      const text = String(value).toLowerCase();
      if (['true', 'yes', 'on', 'y', '1'].includes(text)) return true;
      return ['false', 'no', 'off', 'n', '0'].includes(text) ? false : undefined;
    });
  }

  /** ms */
  span(key: string): Placed<number> | undefined {
    return this.#read(key, 'a span of time, such as 10s or 1m30s', (value) => parseSpan(String(value)));
  }

  /** A command: a list of words, or one text that is taken apart. */
  words(key: string): Placed<readonly string[]> | undefined {
    const node = this.node(key);
    if (node?.kind === 'list') return this.texts(key);
    return this.#read(key, 'a command whose quotes are closed, or a list of words', (value) =>
      splitWords(String(value)),
    );
  }

  texts(key: string): Placed<readonly string[]> | undefined {
    const node = this.node(key);
    if (node === undefined) return undefined;
    if (node.kind !== 'list') throw unexpected(node, this.nameOf(key), 'a list');
    const value = node.items.map((item) => {
      if (item.kind !== 'scalar') throw unexpected(item, this.nameOf(key), 'a list of texts');
      return String(item.value ?? '');
    });
    return { value, at: node.items[0]?.at ?? node.at };
  }

  #read<Value>(
    key: string,
    expected: string,
    parse: (value: string | number | boolean) => Value | undefined,
  ): Placed<Value> | undefined {
    const node = this.node(key);
    if (node === undefined) return undefined;
    const value = node.kind === 'scalar' && node.value !== null ? parse(node.value) : undefined;
    if (value === undefined) throw unexpected(node, this.nameOf(key), expected);
    return { value, at: node.at };
  }
}

function asNumber(value: string | number | boolean): number | undefined {
  if (typeof value === 'boolean' || (typeof value === 'string' && value.trim() === '')) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
