import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatHtml } from '../../../src/formats/index.ts';
import type { ImportReport } from '../../../src/report/import-report.ts';
import type { Edge } from '../../report/graph-of.ts';
import { findChromium } from './chromium.ts';
import { HOSTILE, SHOP, hostileReport, reportOf, shopReport } from '../sample-report.ts';

let browser: Browser;
let folder: string;

/** Opens a report as a reader does; every error of the page and every request but for the file itself is kept. */
async function open(
  report: ImportReport,
  javaScriptEnabled = true,
): Promise<{ page: Page; troubles: string[] }> {
  const file = join(folder, `${Math.random()}.html`);
  writeFileSync(file, await formatHtml(report, { readSource: (path) => SHOP[path] }));
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  const troubles: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => troubles.push(message.text()));
  page.on('dialog', (dialog) => troubles.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url() !== url) troubles.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, troubles };
}

const twoKnots: Edge[] = [
  ['a', 'b'],
  ['b', 'c'],
  ['c', 'a'],
  ['b', 'a', { kind: 'function', line: 9 }],
  ['x', 'y'],
  ['y', 'x'],
];

describe('formatHtml', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seaworthy-html-'));
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('draws the knot, frames the import to move and lists first imports, without any request', async () => {
    const { page, troubles } = await open(await shopReport());
    expect(await page.title()).toBe('Imports of shop');
    expect(await page.locator('svg .node').count()).toBe(2);
    expect(await page.locator('svg .node.crash').getAttribute('data-module')).toBe('shop.customers');
    expect(await page.locator('svg .edge.move').getAttribute('data-from')).toBe('shop.customers');
    expect(await page.locator('.listing .guilty').innerText()).toBe('import shop.orders');
    expect(await page.locator('.listing .guilty').getAttribute('data-line')).toBe(
      String((await shopReport()).knots[0]?.importsToMove[0]?.line),
    );
    expect(await page.locator('.card').innerText()).toContain('move it into Customer.order (line 8)');
    expect(await page.locator('table tr[data-outcome=crash]').innerText()).toContain('cannot import name');
    const box = await page.locator('svg').boundingBox();
    expect(box!.width).toBeGreaterThan(400);
    expect(troubles).toEqual([]);
  });

  it('draws a deferred import dashed', async () => {
    const { page } = await open(await reportOf(twoKnots));
    const dashes = page.locator('svg .edge.deferred path').first();
    expect(await dashes.getAttribute('stroke-dasharray')).not.toBeNull();
    expect(await page.locator('svg .edge.cycle path').first().getAttribute('stroke-dasharray')).toBeNull();
  });

  it('shows one knot at a time, by its address', async () => {
    const report = await reportOf(twoKnots);
    const { page } = await open(report);
    const shown = (): Promise<string[]> =>
      page.locator('.knot:visible').evaluateAll((knots) => knots.map((knot) => knot.id));
    expect(await shown()).toEqual([report.knots[0]!.id]);
    await page.locator('#knots a').nth(1).click();
    expect(await shown()).toEqual([report.knots[1]!.id]);
    expect(page.url()).toMatch(new RegExp(`#${report.knots[1]!.id}$`));
  });

  it('finds a knot by a module, and says where there is none', async () => {
    const report = await reportOf(twoKnots);
    const { page } = await open(report);
    await page.fill('#search', 'y');
    expect(await page.locator('#knots > li:visible').count()).toBe(1);
    expect(await page.locator(`#${cssId(report.knots[1]!.id)}`).isVisible()).toBe(true);
    await page.fill('#search', 'nothing like it');
    expect(await page.locator('#nothing').isVisible()).toBe(true);
    await page.fill('#search', '');
    expect(await page.locator('#knots > li:visible').count()).toBe(2);
  });

  it('fades what a module has nothing to do with', async () => {
    const { page } = await open(await reportOf([...twoKnots, ['c', 'd'], ['d', 'b']]));
    const node = page.locator('.knot:visible svg .node[data-module=a]');
    await node.click();
    const faded = (): Promise<(string | null)[]> =>
      page
        .locator('svg .node.faded')
        .evaluateAll((nodes) => nodes.map((each) => each.getAttribute('data-module')));
    expect(await faded()).toEqual(['d']);
    await node.click();
    expect(await faded()).toEqual([]);
  });

  it('zooms', async () => {
    const { page } = await open(await shopReport());
    const width = async (): Promise<number> =>
      Number((await page.locator('svg').getAttribute('viewBox'))!.split(' ')[2]);
    const before = await width();
    await page.locator('button[aria-label="Zoom in"]').click();
    expect(await width()).toBeLessThan(before);
    await page.locator('button[aria-label=Fit]').click();
    expect(await width()).toBe(before);
  });

  it('is dark where the reader is, and can be told otherwise', async () => {
    const { page } = await open(await shopReport());
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).not.toBe(light);
    await page.locator('#theme').click();
    expect(await ground()).toBe(light);
  });

  it('shows every name as it is and executes none', async () => {
    const { page, troubles } = await open(await hostileReport());
    expect(await page.title()).toBe('Imports of <b>\\x1b]0;title\\x07');
    const names = await page
      .locator('svg .node')
      .evaluateAll((nodes) => nodes.map((node) => node.querySelector('title')!.textContent));
    expect(names).toHaveLength(HOSTILE.length);
    expect(names).toContain('<img src=x onerror=alert(1)>');
    expect(names).toContain('</script><script>document.title="owned"</script>');
    const labels = await page.locator('svg .node text').allTextContents();
    expect(labels).toContain('\'\\"&lt;\\N`code`|cell');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  it('can be read without scripts', async () => {
    const { page } = await open(await reportOf(twoKnots), false);
    expect(await page.locator('.knot:visible').count()).toBe(2);
    const box = await page.locator('svg').first().boundingBox();
    expect(box!.height).toBeGreaterThan(80);
  });

  it('says that all is well', async () => {
    const { page, troubles } = await open(await reportOf([['a', 'b']]));
    expect(await page.locator('.empty').innerText()).toBe('✓ No import cycles among 2 modules.');
    expect(troubles).toEqual([]);
  });

  it('draws the telling part of a large knot', async () => {
    const names = Array.from({ length: 120 }, (_, at) => `m${at}`);
    const edges = names.flatMap((from, at): Edge[] => [
      [from, names[(at + 1) % 120]!],
      [from, names[(at * 7 + 3) % 120]!],
    ]);
    const { page, troubles } = await open(await reportOf(edges));
    expect(await page.locator('svg .node').count()).toBeLessThanOrEqual(30);
    expect(await page.locator('.knot .note').innerText()).toMatch(
      /Drawn: the \d+ modules of the shortest cycles; \d+ more/,
    );
    expect(troubles).toEqual([]);
  });
});

/** An id that begins with a digit, for a selector. */
function cssId(id: string): string {
  return /^\d/.test(id) ? `\\3${id[0]} ${id.slice(1)}` : id;
}
