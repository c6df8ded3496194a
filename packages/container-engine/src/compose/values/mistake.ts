import { UsageError } from '@seaworthy/scenario';
import type { SourceLocation } from '@seaworthy/scenario';
import type { TreeNode } from '../tree/node.ts';

/** `compose.yaml:4:7`, as editors open it. */
export function shownPlace({ path, line, column }: SourceLocation): string {
  return [path, line, column].filter((part) => part !== undefined).join(':');
}

/** A mistake in a compose file: where, what it is, what to do. */
export function mistake(at: SourceLocation, text: string): UsageError {
  return new UsageError('BAD_COMPOSE_FILE', `${shownPlace(at)}: ${text}`);
}

/** A value of the wrong kind or out of range. */
export function unexpected(node: TreeNode, key: string, expected: string): UsageError {
  return mistake(node.at, `${key}: expected ${expected}, got ${shown(node)}.`);
}

function shown(node: TreeNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a mapping';
  const value = typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value);
  return node.source.includes('$') && node.source !== node.value ? `${value} (from ${node.source})` : value;
}
