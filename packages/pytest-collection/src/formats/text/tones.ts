import type { Style } from './paint.ts';

/** How good and bad news begin. */
export const TONES: Readonly<
  Record<'good' | 'poor' | 'bad', { readonly mark: string; readonly style: Style }>
> = {
  good: { mark: '✓', style: 'green' },
  poor: { mark: '!', style: 'yellow' },
  bad: { mark: '✗', style: 'red' },
};
