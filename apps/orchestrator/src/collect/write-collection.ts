import { resolve } from 'node:path';
import type { CollectionProfile } from '@seaworthy/pytest-collection';
import * as formats from '@seaworthy/pytest-collection/formats';
import type { AnyComparison, TextOptions } from '@seaworthy/pytest-collection/formats';
import { writeFileAtomically } from '@seaworthy/scenario';
import { styleFor } from '../options/style.ts';
import type { Surroundings } from '../surroundings.ts';
import type { CollectFormat } from './collect-formats.ts';

export interface WriteOptions {
  readonly format: CollectFormat;
  readonly output: string | undefined;
  readonly color: boolean | undefined;
}

/** Writes a profile to standard output or into a file. */
export function writeProfile(
  profile: CollectionProfile,
  options: WriteOptions,
  surroundings: Surroundings,
): Promise<void> {
  const text = {
    text: () => formats.formatText(profile, textOptions(options, surroundings)),
    json: () => formats.formatJson(profile),
    html: () => formats.formatHtml(profile),
    markdown: () => formats.formatMarkdown(profile),
  };
  return write(text[options.format](), options, surroundings);
}

/** The same for what two collections are to each other. */
export function writeComparison(
  comparison: AnyComparison,
  options: WriteOptions & { readonly format: Exclude<CollectFormat, 'html'> },
  surroundings: Surroundings,
): Promise<void> {
  const text = {
    text: () => formats.formatComparison(comparison, textOptions(options, surroundings)),
    json: () => formats.formatComparisonJson(comparison),
    markdown: () => formats.formatComparisonMarkdown(comparison),
  };
  return write(text[options.format](), options, surroundings);
}

function textOptions({ output, color: flag }: WriteOptions, surroundings: Surroundings): TextOptions {
  const { color, width } = styleFor(
    surroundings.stdout,
    surroundings,
    output === undefined ? flag : (flag ?? false),
  );
  return { color, columns: width };
}

async function write(text: string, { output }: WriteOptions, { cwd, stdout }: Surroundings): Promise<void> {
  if (output === undefined) stdout.write(text);
  else await writeFileAtomically(resolve(cwd, output), text);
}
