// A Lodge that asks for a query key: the UI's files come without one, its data with it.
//   node keys.mjs API_URL KEY
import assert from 'node:assert/strict';
import { accessibilityFaults, eventually, launch, open } from './browser.mjs';

const [base, key] = process.argv.slice(2);
const browser = await launch();
try {
  const { page } = await open(browser, base);
  const dialog = page.getByRole('dialog', { name: 'Query key' });
  const give = async (text) => {
    await dialog.getByLabel('Key').fill(text);
    await page.keyboard.press('Enter');
  };
  await page.goto(`${base}/logs`);
  await dialog.waitFor();
  assert.match(await dialog.textContent(), /asks for a query key/);
  assert.deepEqual(await accessibilityFaults(page), []);

  await give('lodge_query_of_somebody_else');
  await eventually(async () => assert.match(await dialog.textContent(), /does not know that key/));

  await give(key);
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('No logs here').waitFor();
  await page.reload();
  await page.getByText('No logs here').waitFor();
  assert.equal(await dialog.count(), 0, 'the key is remembered in this tab');

  const other = await open(browser, base);
  await other.page.goto(`${base}/logs`);
  await other.page.getByRole('dialog', { name: 'Query key' }).waitFor();
} finally {
  await browser.close();
}
