// What Logs shows while ClickHouse hangs: its process is stopped, as a machine that swaps or a disk that is stuck would.
//   node hanging.mjs API_URL ENGINE_PID
import assert from 'node:assert/strict';
import { accessibilityFaults, claims, eventually, pictures } from './browser.mjs';

const [base, pid] = process.argv.slice(2);

await claims(base, async ({ page, claim }) => {
  const rows = page.locator('.explore .table .row:not(.waiting)');
  const waiting = page.locator('.waiting');
  const stop = () => process.kill(Number(pid), 'SIGSTOP');
  const goOn = () => process.kill(Number(pid), 'SIGCONT');
  await page.goto(`${base}/logs`);
  await rows.first().waitFor();

  try {
    await claim('it says how long it waits and for what, and after a while what may help', async () => {
      stop();
      await page.goto(`${base}/logs?q=order`);
      await waiting.waitFor();
      assert.match(await waiting.textContent(), /Waiting for ClickHouse \d+\.\d s/);
      assert.match(await waiting.textContent(), /not said anything yet of logs/);
      const seconds = async () => Number(/([\d.]+) s/.exec(await waiting.locator('.elapsed').textContent())[1]);
      const before = await seconds();
      await eventually(async () => assert.ok((await seconds()) > before, 'the time goes on'));
      await waiting.getByText('may be busy or away').waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      await pictures(page, 'logs-waiting');
    });

    await claim('Escape ends the search, and it can be asked again', async () => {
      await page.keyboard.press('Escape');
      await page.getByText(/Cancelled after/).first().waitFor();
      goOn();
      await page.getByRole('button', { name: 'Search again' }).click();
      await rows.first().waitFor();
    });

    await claim('rows of before stay while the next search hangs, and the line above them says so', async () => {
      stop();
      await page.locator('#query').fill('payment');
      await page.locator('#query').press('Enter');
      await eventually(async () => assert.match(await page.locator('.status').textContent(), /Searching.*\d+\.\d s/));
      assert.ok((await rows.count()) > 0);
      await page.locator('.status').getByRole('button', { name: 'Cancel' }).click();
      await eventually(async () => assert.match(await page.locator('.status').textContent(), /cancelled after/));
    });
  } finally {
    goOn();
  }
});
