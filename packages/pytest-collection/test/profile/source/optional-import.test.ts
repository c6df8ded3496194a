import { expect, test } from 'vitest';
import { optionalImport } from '../../../src/profile/source/optional-import.ts';

const tried = (body: string, handler: string) =>
  `"""Made of\nseveral lines."""\nnames = [\n    1,\n]\ntry:\n    ${body}\n\n    has = True\n${handler}\n    has = False\n`;

test.each([
  'except ImportError:',
  'except (ImportError, OSError):',
  'except ModuleNotFoundError as e:',
  'except:',
])('an import that may fail: %s', (handler) => {
  expect(optionalImport(tried('import pandas', handler), 7, 'pandas')).toEqual({ isUsed: false });
});

test('not one whose failure nobody expects', () => {
  expect(optionalImport(tried('import pandas', 'except KeyError:'), 7, 'pandas')).toBeUndefined();
  expect(optionalImport(tried('import pandas', 'finally:'), 7, 'pandas')).toBeUndefined();
  expect(optionalImport('import pandas\n', 1, 'pandas')).toBeUndefined();
  expect(optionalImport('if x:\n    import pandas\n', 2, 'pandas')).toBeUndefined();
  expect(optionalImport('', 3, 'pandas')).toBeUndefined();
});

test('whether its name is used elsewhere', () => {
  const source = tried('import pandas.core as pc', 'except ImportError:');
  expect(optionalImport(source, 7, 'pandas.core')).toEqual({ isUsed: false });
  expect(optionalImport(`${source}frame = pc.DataFrame\n`, 7, 'pandas.core')).toEqual({ isUsed: true });
  expect(optionalImport(`${source}frame = x.pc\n`, 7, 'pandas.core')).toEqual({ isUsed: false });
  const from = tried('from pandas import DataFrame', 'except ImportError:');
  expect(optionalImport(from, 7, 'pandas')).toEqual({ isUsed: true });
});
