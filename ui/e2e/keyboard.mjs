// Every page by keyboard alone: what can be clicked can be reached with Tab, and where the focus is can be seen.
//   node keyboard.mjs API_URL
import assert from 'node:assert/strict';
import { claims, sql } from './browser.mjs';

const [base] = process.argv.slice(2);

/** More stops than any page has. */
const STOPS_MAX = 500;

/** What has the focus: marks it as reached, and says whether it can be seen that it has it. */
function reached() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return { end: true };
  const seenBefore = at.dataset.reached !== undefined;
  at.dataset.reached = '';
  const editor = at.closest('.cm-editor') !== null;
  // Its own ring, one around the field that it is in, or a stronger edge of what it stands for.
  const look = () =>
    [at, at.parentElement, at.parentElement?.parentElement, at.querySelector('.card')]
      .filter((element) => element)
      .map((element) => getComputedStyle(element))
      .map(({ outline, boxShadow, borderColor, backgroundImage, stroke, strokeWidth }) => [outline, boxShadow, borderColor, backgroundImage, stroke, strokeWidth].join(' '))
      .join('|');
  const box = at.getBoundingClientRect();
  const inSight = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  const focused = look();
  if (!editor) at.blur();
  const ring = editor || look() !== focused;
  if (!editor) at.focus();
  return { end: false, seenBefore, editor, fault: ring && inSight ? null : `${ring ? 'not in sight' : 'looks as without the focus'}: ${at.outerHTML.slice(0, 140)}` };
}

/** What a mouse could click and Tab did not come to. Rows of tables go by arrows. */
function missed() {
  return [...document.querySelectorAll('button, a[href], input, select, textarea, summary')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.dataset.reached === undefined)
    .filter((element) => !element.closest('.rows, .lines, [role=menu], [aria-hidden=true], dialog'))
    .map((element) => element.outerHTML.slice(0, 140));
}

await claims(base, async ({ page, claim }) => {
  const trace = await sql(base, "SELECT TraceId FROM otel.otel_traces WHERE SpanName LIKE '%checkout%' AND ParentSpanId = '' ORDER BY Timestamp DESC LIMIT 1");
  const pages = [
    ['Logs', '/logs', '.facet li'],
    ['Logs with details', '/logs?q=service:checkout', '.facet li', ['j', 'Enter']],
    ['Patterns', '/logs?view=patterns', '.pattern button'],
    ['Events', '/events', '.facet li'],
    ['Traces', '/traces', '.table .row'],
    ['Service map', '/traces?view=map', '.map .node'],
    ['Services', '/traces?view=services', '.facts td'],
    ['A trace', `/trace/${trace}`, '.waterfall .line'],
    ['SQL', '/sql?sql=SELECT+1', '.cm-editor'],
    ['System', '/system', '.facts td'],
    ['An unknown page', '/nowhere', '.state a'],
  ];
  for (const [name, path, there, keys = []] of pages) {
    await claim(`${name}: Tab comes to all there is, and the focus is seen`, async () => {
      await page.goto(base + path);
      await page.locator(there).first().waitFor();
      for (const key of keys) await page.keyboard.press(key);
      await page.waitForTimeout(400);
      const faults = new Set();
      // It may begin in the middle: once past the end comes the beginning.
      let ends = 0;
      let ended = false;
      for (let stop = 0; stop < STOPS_MAX && !ended; stop++) {
        await page.keyboard.press('Tab');
        const now = await page.evaluate(reached);
        if (now.fault) faults.add(now.fault);
        if (now.editor) await page.keyboard.press('Escape');
        if (now.end) ends++;
        ended = ends > 1 || (now.seenBefore && !now.editor);
      }
      assert.ok(ended, 'Tab goes round');
      assert.deepEqual([...faults], []);
      assert.deepEqual(await page.evaluate(missed), []);
    });
  }

  await claim('pages, help and the search are a key away', async () => {
    await page.goto(`${base}/system`);
    await page.locator('.facts td').first().waitFor();
    for (const [keys, path] of [['gl', '/logs'], ['ge', '/events'], ['gt', '/traces'], ['gs', '/sql'], ['gy', '/system']]) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      await page.evaluate(() => document.activeElement?.blur());
      for (const key of keys) await page.keyboard.press(key);
      await page.waitForURL((url) => url.pathname === path);
      // It takes the focus when it is there, and would take the next keys with it.
      if (path === '/sql') await page.locator('.cm-editor.cm-focused').waitFor();
    }
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
  });
});
