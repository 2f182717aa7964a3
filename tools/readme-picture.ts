import { mkdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { ensureBuilt } from '#cli/build';
import { launchBrowser } from '#tests/browser';
import { PASSWORD } from '#tests/e2e/api';
import { runningStudio } from '#tests/e2e/running';

/* `node --import tsx tools/readme-picture.ts`: draw docs/images/ anew, from the running product. */

const FOLDER = 'docs/images';
const SIZE = { width: 1280, height: 800 };

await ensureBuilt();
await mkdir(FOLDER, { recursive: true });
const { studio, api } = await runningStudio('admin');
try {
  const photo = { name: 'fox.jpg', type: 'image/jpeg', bytes: await readFile('public/sample.jpg') };
  const { id } = await api.generate(photo);
  await api.untilStatus(id, 'completed');
  await drawJobPage(`${studio.url}/jobs/${id}`, api.email);
  const film = await api.generate(photo, { pipeline: 'i2v', move: 'orbit', amount: '1', resolution: '480p' });
  await api.untilStatus(film.id, 'completed');
  await drawFrames(await api.output(film.id, 'contact_sheet.jpg'));
} finally {
  await studio.dispose();
}

async function drawJobPage(url: string, email: string): Promise<void> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(url);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(url);
  await page.getByText('Stand apart').click();
  await page.waitForLoadState('networkidle');
  const picture = await page.screenshot({ animations: 'disabled' });
  await sharp(picture).png({ palette: true, effort: 10 }).toFile(`${FOLDER}/layers.png`);
  await browser.close();
}

async function drawFrames(sheet: Buffer): Promise<void> {
  await sharp(sheet).resize(SIZE.width).jpeg({ quality: 80 }).toFile(`${FOLDER}/video.jpg`);
}
