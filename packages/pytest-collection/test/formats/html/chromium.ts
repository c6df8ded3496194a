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

const NO_CHROMIUM =
  'No Chromium found: run `npx nx run tools:chromium`, install it by hand, or name it in the variable CHROMIUM';

/**
 * The browser that tests drive: `CHROMIUM`, or the first that is found on the `PATH` and in the usual places.
 *
 * @throws Error where there is none: no test is left out.
 */
export function findChromium(): string {
  const configured = process.env['CHROMIUM'];
  if (configured !== undefined && configured !== '') return configured;
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...FOLDERS];
  for (const name of [...NAMES, 'Chromium', 'Google Chrome']) {
    const file = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (file !== undefined) return file;
  }
  throw new Error(NO_CHROMIUM);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
