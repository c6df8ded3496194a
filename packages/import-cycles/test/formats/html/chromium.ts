import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const FOLDERS = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/Applications/Chromium.app/Contents/MacOS',
  '/Applications/Google Chrome.app/Contents/MacOS',
];

export const NO_CHROMIUM =
  'no Chromium found: install it (Debian: apt-get install chromium), or name it in the variable CHROMIUM';

/**
 * The browser that tests drive: `CHROMIUM`, or the first that is found on the `PATH` and in the usual places. Where there
 * is none, `undefined` on a developer's machine.
 *
 * @throws Error in CI, where no test may be left out.
 */
export function findChromium(): string | undefined {
  const configured = process.env['CHROMIUM'];
  if (configured !== undefined && configured !== '') return configured;
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...FOLDERS];
  for (const name of [...NAMES, 'Chromium', 'Google Chrome']) {
    const file = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (file !== undefined) return file;
  }
  if (process.env['CI'] !== undefined) throw new Error(NO_CHROMIUM);
  console.warn(`HTML reports are not tested: ${NO_CHROMIUM}`);
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
