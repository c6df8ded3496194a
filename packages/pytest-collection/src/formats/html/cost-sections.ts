import type { CollectionProfile, FileCost, ImportCost } from '../../model/collection-profile.ts';
import { importWay } from '../import-way.ts';
import { hooksText, originText, proofText } from '../plugin-text.ts';
import { formatDuration, formatGrowth, grouped } from '../quantity.ts';
import { UNFINISHED } from '../unfinished.ts';
import { escapeHtml } from './escape-html.ts';
import { type Field, sortableTable } from './sortable-table.ts';

/** Test files, the slowest first. */
export function fileSection({ files }: CollectionProfile): string {
  return fileTable('files', 'Test files', files);
}

/** conftest.py files with what they import. */
export function conftestSection({ conftests }: CollectionProfile): string {
  return fileTable('conftests', 'Conftests', conftests);
}

function fileTable(id: string, title: string, files: readonly FileCost[]): string {
  const counts = files.some(({ items }) => items > 0);
  const fields: Field<FileCost>[] = [
    {
      title: 'file',
      value: ({ path }) => path,
      html: ({ path, unfinished }) => `${place(path)}${unfinished === true ? UNFINISHED : ''}`,
    },
    { title: 'wall', value: ({ wallMs }) => wallMs, html: ({ wallMs }) => formatDuration(wallMs), bar: true },
    { title: 'CPU', value: ({ cpuMs }) => cpuMs, html: ({ cpuMs }) => formatDuration(cpuMs) },
    {
      title: 'memory',
      value: ({ memoryBytes }) => memoryBytes,
      html: ({ memoryBytes }) => formatGrowth(memoryBytes),
    },
    ...(counts ? COUNTS : []),
    {
      title: 'rewriting',
      value: ({ rewriteMs }) => rewriteMs,
      html: ({ rewriteMs }) => (rewriteMs < 0.05 ? '' : formatDuration(rewriteMs)),
    },
    {
      title: 'executing',
      value: ({ execMs }) => execMs,
      html: ({ execMs }) => (execMs === 0 ? '' : formatDuration(execMs)),
    },
    {
      title: 'heaviest import',
      value: ({ heaviestImport }) => heaviestImport?.module ?? '',
      html: ({ heaviestImport }) =>
        heaviestImport === undefined
          ? ''
          : `<code>${escapeHtml(heaviestImport.module)}</code> ${formatDuration(heaviestImport.wallMs)}`,
    },
  ];
  return sortableTable({ id, title, noun: 'file', rows: files, fields, sortedBy: 'wall' });
}

const COUNTS: readonly Field<FileCost>[] = [
  { title: 'tests', value: ({ items }) => items, html: ({ items }) => grouped(items) },
  {
    title: 'deselected',
    value: ({ deselected }) => deselected,
    html: ({ deselected }) => (deselected === 0 ? '' : grouped(deselected)),
  },
];

/** Modules whose import costs most, with the way to them. */
export function importSection({ imports }: CollectionProfile): string {
  const fields: Field<ImportCost>[] = [
    {
      title: 'module',
      value: ({ module }) => module,
      html: ({ module }) => `<code>${escapeHtml(module)}</code>`,
    },
    {
      title: 'itself',
      value: ({ selfMs }) => selfMs,
      html: ({ selfMs }) => formatDuration(selfMs),
      bar: true,
    },
    { title: 'with all', value: ({ wallMs }) => wallMs, html: ({ wallMs }) => formatDuration(wallMs) },
    {
      title: 'memory',
      value: ({ memoryBytes }) => memoryBytes,
      html: ({ memoryBytes }) => formatGrowth(memoryBytes),
    },
    { title: 'imported by', value: ({ chain }) => chain.join(' '), html: way, wide: true },
  ];
  return sortableTable({
    id: 'imports',
    title: 'Imports',
    noun: 'import',
    rows: imports,
    fields,
    sortedBy: 'itself',
  });
}

function way(row: ImportCost): string {
  return importWay(row, 8).map(place).join(' <span class="arrow">→</span> ');
}

/** Plugins, with the proof of what each costs where it was made. */
export function pluginSection({ plugins }: CollectionProfile): string {
  return sortableTable({
    id: 'plugins',
    title: 'Plugins',
    noun: 'plugin',
    rows: plugins,
    sortedBy: '',
    fields: [
      { title: 'plugin', value: ({ name }) => name, html: ({ name }) => `<code>${escapeHtml(name)}</code>` },
      { title: 'from', value: originText, html: (plugin) => escapeHtml(originText(plugin)) },
      {
        title: 'import',
        value: ({ importMs }) => importMs,
        html: ({ importMs }) => formatDuration(importMs),
      },
      {
        title: 'hooks',
        value: ({ hooksMs }) => hooksMs ?? 0,
        html: ({ hooksMs }) => (hooksMs === undefined ? '' : formatDuration(hooksMs)),
      },
      {
        title: 'memory',
        value: ({ memoryBytes }) => memoryBytes,
        html: ({ memoryBytes }) => formatGrowth(memoryBytes),
      },
      {
        title: 'without it',
        value: ({ without }) => without?.savedMs ?? 0,
        html: (plugin) => escapeHtml(proofText(plugin)),
      },
      {
        title: 'most of it in',
        value: hooksText,
        html: (plugin) => escapeHtml(hooksText(plugin)),
        wide: true,
      },
    ],
  });
}

function place(path: string): string {
  return `<span class="place">${escapeHtml(path)}</span>`;
}
