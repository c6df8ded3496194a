import type { CollectionProfile } from '../../model/collection-profile.ts';
import { limitSentences } from '../limit-sentences.ts';
import { causeLines, recapLines } from './cause-lines.ts';
import { conftestLines, fileLines, importLines, pluginLines } from './cost-lines.ts';
import { errorLines } from './error-lines.ts';
import { paragraph } from './fit.ts';
import { headlineLines } from './headline-lines.ts';
import type { Page } from './page.ts';
import { painter } from './paint.ts';
import { phaseLines } from './phase-lines.ts';
import { treeLines } from './tree-lines.ts';

export interface TextOptions {
  readonly color: boolean;
  /** 100 where not given, and no fewer than 48. */
  readonly columns?: number;
}

/** A profile for a reader at a terminal, the advice last. Ends with a line feed. */
export function formatText(profile: CollectionProfile, options: TextOptions): string {
  const page: Page = { paint: painter(options.color), columns: Math.max(48, options.columns ?? 100) };
  const blocks = [
    headlineLines(profile, page),
    phaseLines(profile, page),
    treeLines(profile, page),
    fileLines(profile, page),
    conftestLines(profile, page),
    importLines(profile, page),
    pluginLines(profile, page),
    errorLines(profile, page),
    limitLines(profile, page),
    causeLines(profile, page),
    recapLines(profile, page),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function limitLines(profile: CollectionProfile, { paint, columns }: Page): string[] {
  const sentences = limitSentences(profile);
  if (sentences.length === 0) return [];
  return [
    paint('bold', 'How little it needs'),
    ...sentences.flatMap((sentence) => paragraph('  ', sentence, columns)),
  ];
}
