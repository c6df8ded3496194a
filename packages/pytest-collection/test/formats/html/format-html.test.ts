import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { formatHtml } from '../../../src/formats/index.ts';
import type { CollectionProfile } from '../../../src/model/collection-profile.ts';
import { aNode, aProfile, aRun, HOSTILE, hostileProfile, largeProfile } from '../a-profile.ts';
import { findChromium } from './chromium.ts';

let browser: Browser;
let folder: string;

interface Options {
  readonly javaScriptEnabled?: boolean;
  readonly width?: number;
}

/** Opens a profile as a reader does; every error of the page and every request but for the file itself is kept. */
async function open(
  profile: CollectionProfile,
  { javaScriptEnabled = true, width = 1200 }: Options = {},
): Promise<{ page: Page; troubles: string[] }> {
  const file = join(folder, `${Math.random()}.html`);
  writeFileSync(file, formatHtml(profile));
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 900 } });
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

/** Names of the blocks that are drawn. */
function blocks(page: Page, selector = '.block'): Promise<string[]> {
  return page.locator(selector).evaluateAll((all) => all.map((block) => block.firstChild!.textContent!));
}

function block(page: Page, name: string): ReturnType<Page['locator']> {
  return page.locator(`.block[aria-label*="${name}:"]`);
}

function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.firstChild.textContent');
}

describe('formatHtml', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seaworthy-html-'));
    browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells the verdict, the figures and what to change, without any request', async () => {
    const { page, troubles } = await open(aProfile());
    expect(await page.title()).toBe('Collection of shop');
    expect(await page.locator('.verdict h2').innerText()).toBe(
      '✓ 1,200 tests in 12 files, collected in 1.41 s',
    );
    expect(await page.locator('.figure b').allInnerTexts()).toEqual([
      '1.41 s',
      '1.3 s',
      '84 MB',
      '1,200',
      '53 %',
      '-n 2',
    ]);
    expect(await page.locator('.card').count()).toBe(2);
    expect(await page.locator('.card').first().innerText()).toMatch(/Fix Import pandas inside the function/);
    expect(await page.locator('.card .badge.green').allInnerTexts()).toEqual([
      'saves 380 ms, 41 MB',
      'saves 130 ms',
    ]);
    expect(troubles).toEqual([]);
  });

  it('accounts for the whole wall time in one bar, and marks what pytest counts', async () => {
    const { page } = await open(aProfile());
    const boxes = await page.locator('.span').evaluateAll((spans) =>
      spans.map((span) => {
        const { left, right } = span.getBoundingClientRect();
        return { left, right };
      }),
    );
    expect(boxes).toHaveLength(9);
    for (const [at, { left }] of boxes.entries())
      if (at > 0) expect(left).toBeCloseTo(boxes[at - 1]!.right, 0);
    const bar = (await page.locator('.phases').boundingBox())!;
    expect(boxes[0]!.left).toBeCloseTo(bar.x, 0);
    expect(boxes.at(-1)!.right).toBeCloseTo(bar.x + bar.width, 0);
    const brace = (await page.locator('.brace').boundingBox())!;
    expect(brace.width / bar.width).toBeCloseTo(660 / 1410, 2);
  });

  it('draws folders, files and classes as wide as they cost', async () => {
    const { page } = await open(aProfile());
    expect(await blocks(page)).toEqual(
      expect.arrayContaining(['shop', 'tests', 'prices', 'test_tax.py', 'cart', 'TestCoupon']),
    );
    const whole = (await block(page, 'shop').boundingBox())!;
    const tax = (await block(page, 'test_tax.py').boundingBox())!;
    expect(tax.width / whole.width).toBeCloseTo(420 / 693, 1);
    expect(tax.y).toBeGreaterThan(whole.y);
    await page.getByLabel('Memory', { exact: true }).check({ force: true });
    const heavy = (await block(page, 'test_tax.py').boundingBox())!;
    expect(heavy.width / whole.width).toBeCloseTo(21 / 33.3, 1);
    expect(await block(page, 'test_tax.py').innerText()).toContain('21 MB');
  });

  it('zooms by a click, and out again by the trail', async () => {
    const { page } = await open(aProfile());
    await block(page, 'tests/cart').click();
    expect(await page.locator('#trail button').allInnerTexts()).toEqual(['shop', 'tests', 'cart']);
    expect(await blocks(page)).not.toContain('test_tax.py');
    const whole = (await block(page, 'shop').boundingBox())!;
    const cart = (await block(page, 'tests/cart').boundingBox())!;
    expect(cart.width).toBeCloseTo(whole.width, 0);
    await page.locator('#trail button').first().click();
    expect(await blocks(page)).toContain('test_tax.py');
  });

  it('is moved through and zoomed by keys', async () => {
    const { page } = await open(aProfile());
    await page.locator('.block[tabindex="0"]').focus();
    expect(await focused(page)).toBe('shop');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    expect(await focused(page)).toBe('cart');
    expect(await page.locator('#hint').innerText()).toContain('shop/tests/cart');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('cart');
    expect(await page.locator('#trail [aria-current]').innerText()).toBe('cart');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe('test_cart.py');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toBe('tests');
    await page.keyboard.press('Escape');
    expect(await page.locator('#trail [aria-current]').innerText()).toBe('tests');
    await page.keyboard.press('Home');
    expect(await page.locator('#trail [aria-current]').innerText()).toBe('shop');
    expect(await page.locator('.block[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('#hint').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('#hint').isVisible()).toBe(false);
  });

  it('tells time, CPU, memory and tests of a block', async () => {
    const { page } = await open(aProfile());
    await block(page, 'test_tax.py').hover();
    const hint = (await page.locator('#hint').innerText()).replaceAll('\n', '');
    expect(hint).toMatch(
      /shop\/tests\/prices\/test_tax\.py.*wall420 ms · 61 %CPU378 ms · 60 %memory21 MB · 64 %tests10/,
    );
    expect(hint).toMatch(/imports168 msexecuting126 msrewriting84 ms/);
    await page.mouse.move(5, 5);
    expect(await page.locator('#hint').isVisible()).toBe(false);
  });

  it('finds blocks, tells what they cost together, and fades the others', async () => {
    const { page } = await open(aProfile());
    await page.fill('#find', 'cart');
    expect(await page.locator('#found').innerText()).toBe('1 match: 243 ms (35 %), 720 tests');
    expect(await blocks(page, '.block.faded')).toContain('test_tax.py');
    expect(await blocks(page, '.block:not(.faded)')).toEqual(
      expect.arrayContaining(['shop', 'tests', 'cart', 'test_coupon.py']),
    );
    await page.keyboard.press('Enter');
    expect(await page.locator('#trail [aria-current]').innerText()).toBe('cart');
    await page.fill('#find', 'no such thing');
    expect(await page.locator('#found').innerText()).toBe('nothing matches');
    await page.keyboard.press('Escape');
    expect(await page.locator('.block.faded').count()).toBe(0);
  });

  it('draws memory over time with the limits that matter, and is read along by keys', async () => {
    const { page } = await open(aProfile());
    expect(await page.locator('.plot .label').allInnerTexts()).toEqual([
      'smallest limit that passes: 59.1 MiB',
      'peak that a limit counts: 84 MB',
    ]);
    expect(await page.locator('.curve figcaption').innerText()).toContain('limit (--limit): 488.3 MiB');
    expect(await page.locator('.summit').innerText()).toBe('81.6 MB');
    expect(await page.locator('.plot rect').count()).toBe(9);
    await page.locator('.plot').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.tip').innerText()).toBe('750 kB after 3.2 ms');
    await page.keyboard.press('End');
    expect(await page.locator('.tip').innerText()).toBe('78.7 MB after 1.4 s');
  });

  it('keeps labels of limits that lie close to each other apart', async () => {
    const smallestLimit = { passes: 86_000_000, tried: [] };
    const { page } = await open(aProfile({ smallestLimit }));
    const [first, second] = await page.locator('.plot .label').evaluateAll((labels) =>
      labels.map((label) => {
        const { top, bottom } = label.getBoundingClientRect();
        return { top, bottom };
      }),
    );
    expect(first!.bottom).toBeLessThanOrEqual(second!.top);
  });

  it('keeps a short spike of memory among many samples', async () => {
    const memory = Array.from({ length: 5000 }, (_, at) => ({
      atMs: at / 4,
      bytes: at === 3333 ? 99e6 : 20e6,
    }));
    const { page } = await open(aProfile({ runs: { warm: aRun(1, { memory }) } }));
    const points = (await page.locator('.plot polyline').getAttribute('points'))!.split(' ');
    expect(points.length).toBeLessThanOrEqual(600);
    const heights = points.map((point) => Number(point.split(',')[1]));
    expect(heights.filter((height) => height < 500)).toHaveLength(1);
    expect(await page.locator('.summit').innerText()).toBe('99 MB');
  });

  it('sorts tables by any column', async () => {
    const { page } = await open(aProfile());
    const first = (): Promise<string> => page.locator('#files tbody tr').first().innerText();
    expect(await first()).toContain('test_tax.py');
    const wall = page.locator('#files th button', { hasText: 'wall' });
    await wall.click();
    expect(await first()).toContain('test_coupon.py');
    expect(await page.locator('#files th[aria-sort=ascending]').innerText()).toBe('wall');
    expect(await page.locator('#files th[aria-sort]').count()).toBe(1);
    await wall.click();
    expect(await first()).toContain('test_tax.py');
    await page.locator('#files th button', { hasText: 'file' }).click();
    expect(await first()).toContain('test_cart.py');
  });

  it('gives the way to an import more than a word in a line, on a narrow page by scrolling', async () => {
    const { page } = await open(aProfile(), { width: 480 });
    const width = await page
      .locator('#imports td.wide')
      .first()
      .evaluate((cell) => cell.clientWidth);
    expect(width).toBeGreaterThanOrEqual(240);
    const whole = await page.locator('html').evaluate((root) => root.scrollWidth);
    expect(whole).toBeLessThanOrEqual(480);
  });

  it('shows a few rows until it is asked for all', async () => {
    const { page } = await open(largeProfile(40));
    const rows = page.locator('#files tbody tr:visible');
    expect(await rows.count()).toBe(12);
    await page.locator('#files button.all').click();
    expect(await rows.count()).toBe(40);
  });

  it('has the tracebacks of errors', async () => {
    const error = {
      nodeId: 'tests/test_a.py',
      raisedIn: '/code/shop/shop/a.py',
      line: 7,
      type: 'KeyError',
      message: "'x'",
      traceback: 'Traceback\n  File "a.py"\nKeyError: <x>',
    };
    const { page } = await open(aProfile({ errors: [error], outcome: { kind: 'errors', errors: [error] } }));
    expect(await page.locator('.verdict').getAttribute('class')).toContain('bad');
    expect(await page.locator('.error summary').innerText()).toBe(
      "tests/test_a.py shop/a.py:7\nKeyError: 'x'",
    );
    expect(await page.locator('.error pre').innerText()).toBe(error.traceback);
  });

  it('shows every name as it is and executes none', async () => {
    const { page, troubles } = await open(hostileProfile());
    expect(await page.title()).toBe('Collection of <!--<script>alert(1)<script>');
    const names = await blocks(page);
    for (const name of [
      HOSTILE[0]!,
      HOSTILE[1]!,
      HOSTILE[2]!,
      'esc\\x1b[31mred\\x1b[0m',
      'bidi\\u202egnp.py',
    ])
      expect(names).toContain(name);
    await page.locator('.block').nth(1).hover();
    await page.locator('.block').nth(1).click();
    await page.fill('#find', HOSTILE[0]!);
    expect(await page.locator('#files tbody td').first().innerText()).toBe(HOSTILE[0]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('svg').count()).toBe(1);
    expect(await page.locator('script').count()).toBe(2);
    expect(troubles).toEqual([]);
  });

  it('is dark where the reader is, and can be told otherwise', async () => {
    const { page } = await open(aProfile());
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).not.toBe(light);
    await page.locator('#theme').click();
    expect(await ground()).toBe(light);
  });

  it.each([360, 700, 1600])('fits %i pixels', async (width) => {
    const { page, troubles } = await open(aProfile(), { width });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const box = (await block(page, 'test_tax.py').boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(troubles).toEqual([]);
  });

  it('draws itself again where the window changes', async () => {
    const { page } = await open(largeProfile(400), { width: 1600 });
    const count = (): Promise<number> => page.locator('.block').count();
    const wide = await count();
    await page.setViewportSize({ width: 420, height: 900 });
    await expect.poll(count).toBeLessThan(wide);
  });

  it('can be read without scripts', async () => {
    const { page } = await open(aProfile(), { javaScriptEnabled: false });
    expect(await page.locator('#icicle table').innerText()).toContain('test_tax.py');
    expect(await page.locator('#find').isVisible()).toBe(false);
    expect(await page.locator('.plot polyline').count()).toBe(1);
    expect(await page.locator('#files tbody tr:visible').count()).toBe(3);
  });

  it('prints every part in light colours, without what cannot be clicked on paper', async () => {
    const { page } = await open(aProfile());
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.locator('#find').isVisible()).toBe(false);
    expect(await page.locator('#theme').isVisible()).toBe(false);
    expect(await block(page, 'test_tax.py').isVisible()).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(28, 36, 48)');
  });

  it('holds 5,000 files: every one can be zoomed to', async () => {
    const profile = largeProfile(5000);
    const text = formatHtml(profile);
    expect(text.length).toBeLessThan(1_500_000);
    const { page, troubles } = await open(profile);
    expect(await page.locator('.block').count()).toBeLessThan(2000);
    await page.fill('#find', 'test_04321');
    expect(await page.locator('#found').innerText()).toMatch(/^1 match/);
    await page.keyboard.press('Enter');
    expect(await page.locator('#trail [aria-current]').innerText()).toBe('test_04321.py');
    expect(await blocks(page)).toEqual(expect.arrayContaining(['TestOne', 'TestTwo']));
    expect(troubles).toEqual([]);
  });

  it('folds what is too much for a page, and says so', async () => {
    const many = Array.from({ length: 20_000 }, (_, at) =>
      aNode('file', `test_${at}.py`, { wallMs: 1, cpuMs: 1, memoryBytes: 1, items: 1 }),
    );
    const { page } = await open(aProfile({ tree: aNode('folder', '', {}, many) }));
    expect(await blocks(page, '.block.rest')).toEqual(['… 8,001 more files']);
  });

  it('says that all is well, and copes with a run that told nothing', async () => {
    const { page, troubles } = await open(aProfile({ causes: [] }));
    expect(await page.locator('.empty').innerText()).toContain('Nothing stands out');
    const none = await open(
      aProfile({
        outcome: { kind: 'no-pytest', message: 'No module named pytest' },
        runs: {},
        tree: aNode('folder', ''),
        files: [],
        conftests: [],
        imports: [],
        plugins: [],
        causes: [],
      }),
    );
    expect(await none.page.locator('.verdict').innerText()).toContain('No module named pytest');
    expect([...troubles, ...none.troubles]).toEqual([]);
  });
});
