import type { CollectionProfile, FileCost, PluginCost } from '../../model/collection-profile.ts';
import { importWay } from '../import-way.ts';
import { printable } from '../printable.ts';
import { hooksText, originText, proofText } from '../plugin-text.ts';
import { counted, formatDuration, formatGrowth, grouped } from '../quantity.ts';
import { UNFINISHED } from '../unfinished.ts';
import type { Page } from './page.ts';
import { type Cell, type Column, tableLines } from './table-lines.ts';

/** The files that take longest to collect. */
export function fileLines({ files }: CollectionProfile, page: Page): string[] {
  return fileTable('Slowest test files', 'file', files, 10, page);
}

/** What conftest.py files cost, imports included. */
export function conftestLines({ conftests }: CollectionProfile, page: Page): string[] {
  return fileTable('Conftests', 'conftest', conftests, 6, page);
}

function fileTable(
  title: string,
  noun: string,
  files: readonly FileCost[],
  most: number,
  page: Page,
): string[] {
  const columns: Column[] = [
    { title: '', kind: 'path' },
    { title: 'wall', kind: 'figure' },
    { title: 'CPU', kind: 'figure', spare: 5 },
    { title: 'memory', kind: 'figure' },
    { title: 'tests', kind: 'figure', spare: 2 },
    { title: 'rewriting', kind: 'figure', spare: 4 },
    { title: 'executing', kind: 'figure', spare: 4 },
    { title: 'heaviest import', kind: 'name', spare: 3 },
  ];
  const cheap = files.findIndex(({ wallMs }) => wallMs <= 0);
  const shown = cheap === -1 ? most : Math.min(most, cheap);
  const rows = files.slice(0, shown).map((file): Cell[] => [
    { text: `${printable(file.path)}${file.unfinished === true ? UNFINISHED : ''}` },
    { text: formatDuration(file.wallMs) },
    { text: formatDuration(file.cpuMs) },
    { text: formatGrowth(file.memoryBytes) },
    { text: file.items === 0 ? '' : grouped(file.items) },
    { text: file.rewriteMs < 0.05 ? '' : formatDuration(file.rewriteMs) },
    { text: file.execMs === 0 ? '' : formatDuration(file.execMs) },
    {
      text:
        file.heaviestImport === undefined
          ? ''
          : `${printable(file.heaviestImport.module)} ${formatDuration(file.heaviestImport.wallMs)}`,
      style: 'dim',
    },
  ]);
  return listed(title, noun, files.length, shown, columns, rows, page);
}

/** The modules whose import costs most, with the way from a test file or conftest to them. */
export function importLines({ imports }: CollectionProfile, page: Page): string[] {
  const most = 10;
  const rows = imports
    .slice(0, most)
    .map((each): Cell[] => [
      { text: printable(each.module) },
      { text: formatDuration(each.selfMs) },
      { text: formatDuration(each.wallMs) },
      { text: formatGrowth(each.memoryBytes) },
      { text: printable(importWay(each, 4).join(' → ')), style: 'dim' },
    ]);
  const columns: Column[] = [
    { title: '', kind: 'path' },
    { title: 'itself', kind: 'figure' },
    { title: 'with all', kind: 'figure' },
    { title: 'memory', kind: 'figure' },
    { title: 'imported by', kind: 'name', spare: 1 },
  ];
  return listed('Heaviest imports', 'import', imports.length, most, columns, rows, page);
}

/** What each plugin costs, and what collecting without it has shown. */
export function pluginLines({ plugins }: CollectionProfile, page: Page): string[] {
  const most = 8;
  const worth = plugins.filter(
    ({ importMs, hooksMs = 0, without }) => importMs + hooksMs >= 1 || without !== undefined,
  );
  const rows = worth
    .slice(0, most)
    .map((plugin): Cell[] => [
      { text: printable(plugin.name) },
      { text: printable(originText(plugin)), style: 'dim' },
      { text: formatDuration(plugin.importMs) },
      { text: plugin.hooksMs === undefined ? '' : formatDuration(plugin.hooksMs) },
      { text: formatGrowth(plugin.memoryBytes) },
      provenCell(plugin),
      { text: printable(hooksText(plugin)), style: 'dim' },
    ]);
  const columns: Column[] = [
    { title: '', kind: 'name' },
    { title: '', kind: 'name', spare: 3 },
    { title: 'import', kind: 'figure' },
    { title: 'hooks', kind: 'figure' },
    { title: 'memory', kind: 'figure', spare: 2 },
    // Half an interval tells something else; only where there is no room at all it is cut.
    { title: 'without it', kind: page.columns < 72 ? 'name' : 'word' },
    { title: 'in', kind: 'name', spare: 4 },
  ];
  return listed('Plugins', 'plugin', plugins.length, Math.min(most, worth.length), columns, rows, page);
}

function provenCell(plugin: PluginCost): Cell {
  const proof = proofText(plugin);
  const saves = plugin.without !== undefined && plugin.without.sameTests && plugin.without.lowMs > 0;
  return { text: proof, style: saves ? 'yellow' : 'dim' };
}

function listed(
  title: string,
  noun: string,
  count: number,
  shown: number,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  page: Page,
): string[] {
  if (rows.length === 0) return [];
  const more = count - shown;
  return [
    page.paint('bold', title),
    ...tableLines(columns, rows, page),
    ...(more > 0 ? [page.paint('dim', `  … and ${counted(more, `cheaper ${noun}`)}`)] : []),
  ];
}
