import type { ProfileNode } from '../../model/collection-profile.ts';

/** What a node costs by itself, without the nodes below it. */
export interface OwnCost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/** A node of the tree while it is being filled. */
export class TreeNode {
  readonly name: string;
  readonly kind: ProfileNode['kind'];
  readonly path: string | undefined;
  wallMs = 0;
  cpuMs = 0;
  memoryBytes = 0;
  items = 0;
  errors = 0;
  unfinished = false;
  parts: ProfileNode['parts'];
  readonly #children = new Map<string, TreeNode>();

  constructor(name: string, kind: ProfileNode['kind'], path?: string) {
    this.name = name;
    this.kind = kind;
    this.path = path;
  }

  /** The child of that name, made where there is none. */
  child(name: string, kind: ProfileNode['kind'], path?: string): TreeNode {
    const key = `${kind === 'folder' || kind === 'file' ? 'path' : kind}:${name}`;
    let node = this.#children.get(key);
    if (node === undefined) {
      node = new TreeNode(name, kind, path);
      this.#children.set(key, node);
    }
    return node;
  }

  add(cost: OwnCost, sign: 1 | -1 = 1): void {
    this.wallMs += sign * cost.wallMs;
    this.cpuMs += sign * cost.cpuMs;
    this.memoryBytes += sign * cost.memoryBytes;
  }

  /** As plain data: costs with everything below, the most expensive children first. */
  close(): ProfileNode {
    const children = [...this.#children.values()].map((child) => child.close());
    const sum = (pick: (node: ProfileNode) => number, own: number) =>
      children.reduce((total, child) => total + pick(child), own);
    return {
      name: this.name,
      kind: this.kind,
      ...(this.path !== undefined && { path: this.path }),
      wallMs: sum((node) => node.wallMs, this.wallMs),
      cpuMs: sum((node) => node.cpuMs, this.cpuMs),
      memoryBytes: sum((node) => node.memoryBytes, this.memoryBytes),
      items: sum((node) => node.items, this.items),
      errors: sum((node) => node.errors, this.errors),
      ...(this.unfinished && { unfinished: true }),
      ...(this.parts !== undefined && { parts: this.parts }),
      children: children.sort((left, right) => right.wallMs - left.wallMs || byName(left, right)),
    };
  }
}

const byName = (left: ProfileNode, right: ProfileNode): number =>
  left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
