import stringWidth from 'string-width';
import type { CollectionProfile, ProfileCause } from '../../model/collection-profile.ts';
import { placeText } from '../place-text.ts';
import { printable } from '../printable.ts';
import { savingsText } from '../savings-text.ts';
import { cut, padded, paragraph } from './fit.ts';
import type { Page } from './page.ts';

/** What to change, each with what speaks for it. */
export function causeLines({ causes }: CollectionProfile, page: Page): string[] {
  if (causes.length === 0) return [];
  return [
    page.paint('bold', 'What to change'),
    ...causes.flatMap((cause, at) => [...(at === 0 ? [] : ['']), ...causeBlock(cause, page)]),
  ];
}

function causeBlock(cause: ProfileCause, { paint, columns }: Page): string[] {
  const bullet = paint(cause.certainty === 'certain' ? 'red' : 'yellow', '●');
  const saves = savingsText(cause);
  const facts = [
    ...(cause.location === undefined
      ? []
      : [paint('cyan', cut(printable(placeText(cause.location)), columns - 6, 'start'))]),
    ...(saves === '' ? [] : [paint('green', saves)]),
    ...(cause.certainty === 'likely' ? [paint('dim', 'likely')] : []),
  ];
  const beside = facts.join(paint('dim', ' · '));
  return [
    ...paragraph(`  ${bullet} `, printable(cause.message), columns),
    ...(facts.length === 0
      ? []
      : stringWidth(beside) + 4 <= columns
        ? [`    ${beside}`]
        : facts.map((fact) => `    ${fact}`)),
    ...cause.evidence
      .slice(0, 6)
      .flatMap((line) => paragraph('      ', printable(line), columns))
      .map((line) => paint('dim', line)),
    ...paragraph(`    ${paint('bold', 'fix:')} `, printable(cause.fix), columns),
  ];
}

/** One line for each cause, for those who read the end alone. */
export function recapLines({ causes, outcome }: CollectionProfile, { paint, columns }: Page): string[] {
  if (causes.length === 0)
    return outcome.kind === 'finished'
      ? [`${paint('green', '✓')} Nothing stands out that a change would make cheaper`]
      : [];
  const name = Math.max(...causes.map(({ id }) => id.length));
  const widest = Math.max(...causes.map((cause) => stringWidth(savingsText(cause))));
  // What a fix says is worth more than the figure, which stands above already.
  const saves = columns - name - widest - 6 < 24 ? 0 : widest;
  return causes.map((cause) => {
    const certain = cause.certainty === 'certain';
    const mark = paint(certain ? 'red' : 'yellow', certain ? '✗' : '?');
    const saved = saves === 0 ? '' : `${paint('green', padded(savingsText(cause), saves))}  `;
    const room = columns - 4 - name - (saves === 0 ? 0 : saves + 2);
    return `${mark} ${padded(cause.id, name)}  ${saved}${cut(printable(cause.fix), room)}`;
  });
}
