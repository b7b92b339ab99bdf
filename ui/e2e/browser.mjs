// A real Chromium, and what the scripts beside this one have in common.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { smallPng } from './small-png.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Where screenshots go; nowhere if it is not set. */
const SHOTS = process.env.SHOTS;

const WAIT_MS = 15_000;

export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });

/** Opens the browser, runs claims one after the other on one page, and ends with 1 if one does not hold. */
export async function claims(base, run) {
  const browser = await launch();
  const visit = await open(browser, base);
  let failed = 0;
  const claim = async (name, check) => {
    try {
      await check();
      console.log(`ok    ${name}`);
    } catch (cause) {
      failed++;
      console.log(`FAIL  ${name}\n${cause.stack ?? cause}`);
      if (SHOTS) await visit.page.screenshot({ path: join(SHOTS, `fail-${failed}.png`) });
    }
  };
  try {
    await run({ ...visit, browser, base, claim });
    await claim('nothing failed in the console, nothing came from elsewhere', () => assert.deepEqual(visit.complaints, []));
  } finally {
    await browser.close();
  }
  process.exit(failed === 0 ? 0 : 1);
}

/** A page of its own, in a window without memory. */
export async function open(browser, base, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // Browsers write down what is as it should be: a search that cannot be read is answered with 400, an unknown page with 404.
    const unknownPage = /status of 404/.test(message.text()) && !/\/(api|assets)\//.test(message.location().url);
    if (message.type() === 'error' && !/status of 400/.test(message.text()) && !unknownPage) complaints.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('blob:')) complaints.push(`request to ${request.url()}`);
  });
  return { context, page, complaints };
}

/** Waits until a check passes; its last complaint is the failure. */
export async function eventually(check, ms = WAIT_MS) {
  const end = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (cause) {
      if (Date.now() > end) throw cause;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/** What SQL says, as text. */
export async function sql(base, statement) {
  const response = await fetch(`${base}/api/sql?format=TSVRaw`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: statement });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text.trim();
}

/** Pictures of the page as it is, light and dark. */
export async function pictures(page, name) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.mouse.move(0, 0);
    await page.waitForTimeout(250);
    writeFileSync(join(SHOTS, `${name}-${colorScheme}.png`), smallPng(await page.screenshot()));
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Texts on the page whose contrast is below WCAG AA's 4.5, and controls without a name. */
export async function accessibilityFaults(page) {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const paint = canvas.getContext('2d', { willReadFrequently: true });
    const rgba = (colour) => {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
    const background = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) {
        const layer = rgba(getComputedStyle(at).backgroundColor);
        if (layer[3] > 0) layers.push(layer);
        if (layer[3] === 1) break;
      }
      return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255]);
    };
    const luminance = (colour) => {
      const [r, g, b] = colour.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const faults = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!element || !walker.currentNode.data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (element.closest('[disabled], .off-screen')) continue;
      const below = background(element);
      const text = over(rgba(getComputedStyle(element).color), below);
      const [light, dark] = [luminance(text), luminance(below)].sort((a, b) => b - a);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < 4.5) faults.add(`contrast ${contrast.toFixed(2)}: ${element.tagName}.${element.className} in .${element.parentElement?.className}`);
    }
    for (const control of document.querySelectorAll('button, a, input, [role="separator"], [role="slider"]')) {
      const name = control.getAttribute('aria-label') ?? (control.textContent || control.getAttribute('title') || control.labels?.[0]?.textContent || '');
      if (name.trim() === '') faults.add(`no name: ${control.outerHTML.slice(0, 120)}`);
    }
    return [...faults];
  });
}
