import type { CollectionProfile, ProfileCause } from '../../model/collection-profile.ts';
import { limitSentences } from '../limit-sentences.ts';
import { placeText } from '../place-text.ts';
import { savingsText } from '../savings-text.ts';
import { escapeHtml, escapeProse } from './escape-html.ts';

/** What to change, the most expensive first, and what memory the collection can do with. */
export function causeSection(profile: CollectionProfile): string {
  const { causes, outcome } = profile;
  const limits = limitSentences(profile)
    .map((sentence) => `<p class="note">${escapeHtml(sentence)}</p>`)
    .join('');
  if (causes.length === 0) {
    if (outcome.kind !== 'finished') return limits === '' ? '' : `<section class="panel">${limits}</section>`;
    return `<section class="panel"><h2>What to change</h2><p class="empty">✓ Nothing stands out that a change would make cheaper.</p>${limits}</section>`;
  }
  return `<section class="panel" id="causes"><h2>What to change</h2>
<div class="cards">${causes.map(causeCard).join('\n')}</div>${limits}</section>`;
}

function causeCard(cause: ProfileCause): string {
  const saves = savingsText(cause);
  const badges = [
    ...(saves === '' ? [] : [`<span class="badge green">${saves}</span>`]),
    `<span class="badge ${cause.certainty === 'certain' ? 'red' : 'amber'}">${cause.certainty}</span>`,
    `<span class="badge">${escapeHtml(cause.id)}</span>`,
  ];
  const place =
    cause.location === undefined
      ? ''
      : ` <span class="place">${escapeHtml(placeText(cause.location))}</span>`;
  const evidence = cause.evidence.map((line) => `<li>${escapeProse(line)}</li>`).join('');
  return `<article class="card"><p class="says">${escapeProse(cause.message)}</p>
<p class="fix"><b>Fix</b> ${escapeProse(cause.fix)}</p>
<p class="badges">${badges.join(' ')}${place}</p>
${evidence === '' ? '' : `<details><summary>What speaks for it</summary><ul class="names">${evidence}</ul></details>`}</article>`;
}
