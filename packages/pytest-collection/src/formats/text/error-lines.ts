import type { CollectionProfile } from '../../model/collection-profile.ts';
import { errorCost } from '../error-cost.ts';
import { errorPlace } from '../error-place.ts';
import { printable, printableLines } from '../printable.ts';
import { counted } from '../quantity.ts';
import { cut, paragraph } from './fit.ts';
import type { Page } from './page.ts';

/** Files that could not be collected, with the place where each failed. */
export function errorLines(profile: CollectionProfile, { paint, columns }: Page): string[] {
  const { errors, root } = profile;
  if (errors.length === 0) return [];
  const most = 8;
  const lines = errors
    .slice(0, most)
    .flatMap((error) => [
      `  ${paint('red', '✗')} ${cut(printable(error.nodeId), columns - 4, 'start')}`,
      ...paragraph(
        '    ',
        `${printable(error.type)}: ${printableLines(error.message).slice(0, 3).join(' ')}`,
        columns,
      ),
      `    ${paint('cyan', cut(printable(errorPlace(error, root)), columns - 4, 'start'))}`,
    ]);
  if (errors.length > most)
    lines.push(paint('dim', `  … and ${counted(errors.length - most, 'more error')}`));
  const cost = errorCost(profile);
  return [
    paint('bold', 'Errors'),
    ...(cost === '' ? [] : paragraph('  ', cost, columns).map((line) => paint('dim', line))),
    ...lines,
  ];
}
