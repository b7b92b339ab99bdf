// The ledger and the canary on the System page in a real browser, on a real Lodge that is in the state named.
//   node ledger.mjs API_URL empty|balanced|unknown|missing
import assert from 'node:assert/strict';
import { accessibilityFaults, claims, eventually, pictures } from './browser.mjs';

const [base, state] = process.argv.slice(2);

const api = async (group) => (await (await fetch(`${base}/api/ledger?from=now-1h&group=${group}`)).json()).data;

await claims(base, async ({ page, claim, complaints }) => {
  const panel = page.getByRole('region', { name: 'Delivery ledger' });
  const status = panel.getByRole('status');
  const place = (id) => panel.locator(`.minute .place.${id}`);
  const legend = async () => Object.fromEntries((await panel.locator('.places li').allTextContents()).map((text) => /([\d,]+) (.*)/.exec(text)).map(([, count, name]) => [name.trim(), Number(count.replaceAll(',', ''))]));
  const badge = panel.locator('.standing[role=status] .badge');
  const canary = page.getByRole('table', { name: 'Canary by gateway' });

  await page.goto(`${base}/system`);
  await badge.waitFor();

  await claim('there is a bar for each minute of an hour', async () => {
    await eventually(async () => assert.equal(await panel.locator('.minute').count(), 61));
  });

  if (state === 'empty') {
    await claim('it says that nothing was received, and shows no canary', async () => {
      await panel.getByText('Nothing was received in the last hour.').waitFor();
      assert.equal(await badge.textContent(), 'Balanced');
      assert.equal(await canary.count(), 0);
    });
  }

  if (state === 'balanced') {
    await claim('it is balanced, and the picture has all that is stored', async () => {
      await eventually(async () => {
        const { total } = await api('minute');
        assert.equal(await badge.textContent(), 'Balanced');
        assert.ok((await legend()).stored > 1000);
        assert.ok(Math.abs((await legend()).stored - Number(total.stored)) < 100, 'but for what came meanwhile');
      });
      assert.equal(await place('missing').count(), 0);
    });

    await claim("the canary's records are there, by gateway", async () => {
      await eventually(async () => assert.match(await canary.locator('tbody tr').first().textContent(), /^http:\S+?Whole/));
      assert.match(await panel.textContent(), /Canary Whole queryable after/);
    });
  }

  if (state === 'unknown') {
    await claim('it says that ClickHouse does not answer, and what waits in the journal and in the bucket', async () => {
      await eventually(async () => {
        assert.equal(await badge.textContent(), 'Unknown');
        assert.match(await status.textContent(), /ClickHouse does not answer; [\d,]+ records wait here, [\d,]+ in the bucket/);
        const places = await legend();
        assert.ok(places['in the journal'] > 0 && places['in the bucket'] > 0, JSON.stringify(places));
      });
      assert.ok((await place('bucket').count()) > 0);
      const head = await page.getByRole('table', { name: 'Ledger by service' }).locator('th').allTextContents();
      assert.ok(head.includes('In the journal') && head.includes('In the bucket'), head.join());
    });

    await claim('of the canary nothing is known, and nothing is called missing', async () => {
      await eventually(async () => assert.match(await canary.locator('tbody tr').first().textContent(), /Unknown/));
      assert.equal(await place('missing').count(), 0);
    });
  }

  if (state === 'missing') {
    await claim('what is missing is said, and seen in its minute in the colour of alarm', async () => {
      await eventually(async () => assert.equal(await badge.textContent(), 'Missing'));
      const { total } = await api('minute');
      assert.equal((await legend()).missing, Number(total.missing));
      assert.ok((await place('missing').count()) > 0);
      const { height } = await place('missing').first().boundingBox();
      assert.ok(height >= 4, `${height} px are seen`);
      const alarm = await place('missing').first().evaluate((bar) => getComputedStyle(bar).backgroundColor === getComputedStyle(document.querySelector('.places .missing')).backgroundColor);
      assert.ok(alarm);
      assert.match(await place('missing').first().locator('..').getAttribute('title'), /\d\d:\d\d {2}[\d,]+ received\n[^]*[\d,]+ missing/);
    });
  }

  if (state === 'unknown') {
    await claim('no line has more on its way than it received', async () => {
      for (const line of (await api('service')).lines) assert.ok(Number(line.received) >= Number(line.in_flight), JSON.stringify(line));
    });
  }

  await claim('no bar is higher than the picture, wide and narrow, and nothing is pushed out of the page', async () => {
    for (const width of [1440, 700]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(300);
      const [over, wide] = await panel.locator('.bars').evaluate((bars) => [
        [...bars.querySelectorAll('.minute')].filter((minute) => [...minute.children].reduce((all, { offsetHeight }) => all + offsetHeight, 0) > bars.clientHeight + 8).length,
        document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ]);
      assert.equal(over, 0);
      assert.ok(wide <= 0, `${wide} px at ${width}`);
      await pictures(page, `ledger-${state}-${width}`);
      await canary.or(page.getByRole('region', { name: 'Ledger by service' })).last().scrollIntoViewIfNeeded();
      await pictures(page, `ledger-${state}-${width}-below`);
      await panel.scrollIntoViewIfNeeded();
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await claim('the panel can be read: contrast and names, light and dark', async () => {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      assert.deepEqual(await accessibilityFaults(page), []);
    }
  });

  // A browser writes down that ClickHouse does not answer.
  if (state === 'unknown') complaints.splice(0, complaints.length, ...complaints.filter((one) => !/status of 50[23]/.test(one)));
});
