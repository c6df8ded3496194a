import type { CollectionProfile, FileCost } from '../../model/collection-profile.ts';
import { placeText } from '../place-text.ts';
import { hooksText, originText, proofText } from '../plugin-text.ts';
import { mainRun, phaseLabel, phaseSpans } from '../profile-facts.ts';
import { formatDuration, formatGrowth, formatShare, grouped } from '../quantity.ts';
import { UNFINISHED } from '../unfinished.ts';
import { code, prose, table } from './escape-markdown.ts';
import { folded, more } from './folded.ts';
import type { Section } from './within-bytes.ts';

/** Files, conftests, imports and plugins, each folded. */
export function costSections(profile: CollectionProfile): Section[] {
  return [
    { name: 'files', lines: fileLines('Slowest test files', profile.files) },
    { name: 'conftests', lines: fileLines('Conftests', profile.conftests) },
    { name: 'imports', lines: importLines(profile) },
    { name: 'plugins', lines: pluginLines(profile) },
  ];
}

/** The whole wall time, phase by phase. */
export function phaseLines(profile: CollectionProfile): string[] {
  const run = mainRun(profile);
  if (run === undefined || run.spans.length === 0) return [];
  const rows = phaseSpans(run).map(({ name, wallMs, cpuMs, memoryBytes }) => [
    prose(phaseLabel(name)),
    formatDuration(wallMs),
    formatShare(wallMs, run.wallMs),
    cpuMs === undefined ? '' : formatDuration(cpuMs),
    memoryBytes === undefined ? '' : formatGrowth(memoryBytes),
  ]);
  return folded(
    `Where the ${formatDuration(run.wallMs)} go`,
    table(
      [
        ['phase', 'text'],
        ['wall', 'figure'],
        ['', 'figure'],
        ['CPU', 'figure'],
        ['memory', 'figure'],
      ],
      rows,
    ),
  );
}

function fileLines(title: string, files: readonly FileCost[]): string[] {
  const most = 15;
  const rows = files
    .slice(0, most)
    .map((file) => [
      `${code(file.path)}${file.unfinished === true ? UNFINISHED : ''}`,
      formatDuration(file.wallMs),
      formatDuration(file.cpuMs),
      formatGrowth(file.memoryBytes),
      file.items === 0 ? '' : grouped(file.items),
      file.heaviestImport === undefined
        ? ''
        : `${code(file.heaviestImport.module)} ${formatDuration(file.heaviestImport.wallMs)}`,
    ]);
  const lines = table(
    [
      ['file', 'text'],
      ['wall', 'figure'],
      ['CPU', 'figure'],
      ['memory', 'figure'],
      ['tests', 'figure'],
      ['heaviest import', 'text'],
    ],
    rows,
  );
  return folded(title, lines, more(files.length - most, 'cheaper file'));
}

function importLines({ imports }: CollectionProfile): string[] {
  const most = 15;
  const rows = imports
    .slice(0, most)
    .map(({ module, selfMs, wallMs, memoryBytes, chain, location }) => [
      code(module),
      formatDuration(selfMs),
      formatDuration(wallMs),
      formatGrowth(memoryBytes),
      code(location === undefined ? (chain[0] ?? '') : placeText(location)),
    ]);
  const lines = table(
    [
      ['import', 'text'],
      ['itself', 'figure'],
      ['with all', 'figure'],
      ['memory', 'figure'],
      ['begun by', 'text'],
    ],
    rows,
  );
  return folded('Heaviest imports', lines, more(imports.length - most, 'cheaper import'));
}

function pluginLines({ plugins }: CollectionProfile): string[] {
  const most = 10;
  const rows = plugins
    .slice(0, most)
    .map((plugin) => [
      code(plugin.name),
      prose(originText(plugin)),
      formatDuration(plugin.importMs),
      plugin.hooksMs === undefined ? '' : formatDuration(plugin.hooksMs),
      prose(proofText(plugin)),
      prose(hooksText(plugin)),
    ]);
  const lines = table(
    [
      ['plugin', 'text'],
      ['from', 'text'],
      ['import', 'figure'],
      ['hooks', 'figure'],
      ['without it', 'text'],
      ['most of it in', 'text'],
    ],
    rows,
  );
  return folded('Plugins', lines, more(plugins.length - most, 'cheaper plugin'));
}
