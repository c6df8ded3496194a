import { expect, it } from 'vitest';
import { overlayFor } from '../../../src/scenarios/configuration/change-overlay.ts';

it('takes a limit away in both of its spellings, and sets others', () => {
  const { file, text } = overlayFor({ memory: null, memorySwap: -1, pids: 5 }, 'tests', '/x/compose.yaml');
  expect(file).toBe('/x/seaworthy-fault.yaml');
  expect(text).toBe(
    [
      'services:',
      '  "tests":',
      '    mem_limit: !reset null',
      '    memswap_limit: -1',
      '    pids_limit: 5',
      '    deploy:',
      '      resources:',
      '        limits:',
      '          memory: !reset null',
      '          pids: !reset null',
      '',
    ].join('\n'),
  );
});
