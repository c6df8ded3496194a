export { formatHtml } from './html/format-html.ts';
export { formatJson } from './json/format-json.ts';
export { parseProfile, readProfile } from './json/read-profile.ts';
export { formatText } from './text/format-text.ts';
export type { TextOptions } from './text/format-text.ts';
