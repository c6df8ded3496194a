import type { CollectionProfile } from '../../model/collection-profile.ts';
import { errorCost } from '../error-cost.ts';
import { errorPlace } from '../error-place.ts';
import { counted, grouped } from '../quantity.ts';
import { escapeHtml } from './escape-html.ts';
import { traceback } from './verdict.ts';

const MOST = 100;

/** What could not be collected, with its traceback folded away. */
export function errorSection(profile: CollectionProfile): string {
  const { errors, root } = profile;
  if (errors.length === 0) return '';
  const items = errors.slice(0, MOST).map((error, at) => {
    const [first = ''] = error.message.split('\n');
    return `<details class="error"${at === 0 ? ' open' : ''}><summary><b>${escapeHtml(error.nodeId)}</b> <span class="place">${escapeHtml(errorPlace(error, root))}</span><br>${escapeHtml(error.type)}: ${escapeHtml(first)}</summary>${traceback(error.traceback === '' ? error.message : error.traceback)}</details>`;
  });
  const rest = errors.length - MOST;
  return `<section class="panel" id="errors"><h2>Errors <small>${[grouped(errors.length), errorCost(profile)].filter((text) => text !== '').join(' · ')}</small></h2>${items.join('\n')}${rest > 0 ? `<p class="note">… and ${counted(rest, 'more error')}</p>` : ''}</section>`;
}
