// The experiment “forecast”: a series that is read sample by sample, and how it goes on.
import { expect, test } from './playground.ts';

test('a series is forecast: the window runs, the error falls below that of linear autoregression', async ({
  page,
}) => {
  await page.goto('/#experiment=forecast');
  const panels = page.getByTestId('forecast-panels');
  await expect(panels.getByTestId('forecast')).toBeVisible();
  const moment = panels.getByRole('slider', { name: 'Moment of the test part' });
  await expect(moment).toHaveValue('0');
  await page.getByRole('button', { name: 'Play', exact: true }).first().click();
  await expect(moment).not.toHaveValue('0');
  // Linear autoregression has .42 on these windows.
  const error = page.getByTestId('error');
  await expect(async () => expect(Number(await error.textContent())).toBeLessThan(0.4)).toPass();
  await expect(panels.getByTestId('horizons')).toHaveAccessibleName(/34 ahead: network/);
});
