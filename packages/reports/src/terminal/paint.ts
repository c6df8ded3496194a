import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours a piece of text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Whether to colour is the caller's decision: formatters know no stream. */
export function paintWith(color: boolean): Paint {
  return color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}
