import { expect, it } from 'vitest';
import { faultSentence } from '../../src/formats/fault-sentence.ts';
import { formatHtml, formatJson, formatMarkdown, formatText, parseProfile } from '../../src/formats/index.ts';
import { aProfile } from './a-profile.ts';

const MISSING = 'no conftests are recorded: there is no PytestPluginManager._importconftest';
const FAILED =
  '_enter failed with ValueError\nTraceback (most recent call last):\n  File "x.py", line 1\nValueError: <b>no</b>\n';

it('says nothing where all could be recorded', () => {
  expect(faultSentence(aProfile())).toBeUndefined();
  expect(formatText(aProfile(), { color: false })).not.toContain('Not all could be recorded');
});

it('tells the first fault in a line, and how many more there are', () => {
  expect(faultSentence(aProfile({ recorderFaults: [MISSING] }))).toBe(
    `Not all could be recorded: ${MISSING}. Please report it: the JSON format has all of it`,
  );
  expect(faultSentence(aProfile({ recorderFaults: [FAILED, MISSING] }))).toBe(
    'Not all could be recorded: _enter failed with ValueError (ValueError: <b>no</b>), and 1 fault more. Please report it: the JSON format has all of it',
  );
});

it('is in every format, and means nothing there', () => {
  const profile = aProfile({ recorderFaults: [FAILED, MISSING] });
  expect(formatText(profile, { color: false, columns: 300 })).toContain(
    '! Not all could be recorded: _enter',
  );
  for (const text of [formatMarkdown(profile), formatHtml(profile)]) {
    expect(text).toContain('Not all could be recorded');
    expect(text).not.toContain('<b>no');
  }
  expect(parseProfile(formatJson(profile))).toEqual(profile);
});
