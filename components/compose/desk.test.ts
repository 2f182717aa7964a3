import { expect, test } from 'vitest';
import { EMPTY_FORM, type FormState } from '../ui/form-state.ts';
import { Desk } from './desk.ts';

const QUEUED: FormState = { ...EMPTY_FORM, done: true };

function deskWith(...names: string[]): Desk {
  const desk = new Desk();
  desk.lay(names.map((name) => new File(['pixels'], name)));
  return desk;
}

/** Sends to a server that answers by the file's name, and keeps the names that were sent. */
async function send(desk: Desk, answer: (name: string) => FormState | Promise<FormState>): Promise<string[]> {
  const sent: string[] = [];
  await desk.send(
    { photo: 'image', endPhoto: 'end_image' },
    async ({ name }) => {
      sent.push(name);
      return answer(name);
    },
    () => undefined,
  );
  return sent;
}

function states(desk: Desk): [string, unknown][] {
  return desk.view().photos.map(({ file, state }) => [file.name, state]);
}

test('a photo taken off the desk before its turn is not sent, nor is one laid meanwhile', async () => {
  const desk = deskWith('first.jpg', 'second.jpg', 'third.jpg');
  const sent = await send(desk, (name) => {
    if (name === 'first.jpg') {
      desk.takeOff(desk.view().photos[1]!);
      desk.lay([new File([], 'fourth.jpg')]);
    }
    return QUEUED;
  });
  expect(sent).toEqual(['first.jpg', 'third.jpg']);
  expect(states(desk)).toEqual([['fourth.jpg', { is: 'laid' }]]);
  expect(desk.view().queued).toBe(true);
});

test('each photo keeps its own reason, whatever becomes of the next, until it is sent again', async () => {
  const desk = deskWith('busy.jpg', 'bad.jpg', 'good.jpg');
  const answers: Record<string, FormState> = {
    'busy.jpg': { ...EMPTY_FORM, message: 'The disk is full.', suggestion: 'Make room.' },
    'bad.jpg': { ...EMPTY_FORM, errors: { image: 'Not a picture.' } },
    'good.jpg': QUEUED,
  };
  await send(desk, (name) => answers[name]!);
  expect(states(desk)).toEqual([
    ['busy.jpg', { is: 'refused', reason: 'The disk is full. Make room.' }],
    ['bad.jpg', { is: 'refused', reason: 'Not a picture.' }],
  ]);
  expect(await send(desk, () => QUEUED)).toEqual(['busy.jpg', 'bad.jpg']);
  expect(states(desk)).toEqual([]);
});

test('what is wrong with a setting stands at the setting, and is gone with the next sending', async () => {
  const desk = deskWith('photo.jpg');
  await send(desk, () => ({ ...EMPTY_FORM, errors: { num_layers: 'At most 8.' } }));
  expect(desk.view().errors).toEqual({ num_layers: 'At most 8.' });
  expect(states(desk)).toEqual([
    ['photo.jpg', { is: 'refused', reason: expect.stringContaining('setting') }],
  ]);
  await send(desk, () => QUEUED);
  expect(desk.view().errors).toEqual({});
});

test('what photos end on stays until the last of them is taken, and says what is wrong with it', async () => {
  const desk = deskWith('first.jpg', 'second.jpg');
  desk.layEnd([new File([], 'end.jpg'), new File([], 'other.jpg')]);
  const refused = { ...EMPTY_FORM, errors: { end_image: 'Another shape.' } };
  await send(desk, (name) => (name === 'first.jpg' ? QUEUED : refused));
  expect(desk.view().endPhoto).toMatchObject({
    file: { name: 'end.jpg' },
    state: { is: 'refused', reason: 'Another shape.' },
  });
  expect(desk.view().errors).toEqual({});
  expect(states(desk)).toEqual([
    ['second.jpg', { is: 'refused', reason: expect.stringContaining('end image') }],
  ]);
  desk.takeOffEnd();
  await send(desk, () => refused);
  expect(states(desk)).toEqual([['second.jpg', { is: 'refused', reason: 'Another shape.' }]]);
  desk.layEnd([new File([], 'better.jpg')]);
  await send(desk, () => QUEUED);
  expect(desk.view().endPhoto).toBeNull();
});

test('a photo whose sending ends with the page lies on the desk again', async () => {
  const desk = deskWith('photo.jpg');
  const leaving = new Error('to the sign-in page');
  await expect(send(desk, () => Promise.reject(leaving))).rejects.toBe(leaving);
  expect(states(desk)).toEqual([['photo.jpg', { is: 'laid' }]]);
  expect(desk.view().sending).toBe(false);
});

test('files of any kind are laid out, and their previews go with them', async () => {
  const desk = deskWith('photo.heic', 'scan.tiff');
  const [first] = desk.view().photos;
  expect(states(desk)).toHaveLength(2);
  expect((await fetch(first!.previewUrl)).ok).toBe(true);
  desk.clear();
  expect(states(desk)).toEqual([]);
  await expect(fetch(first!.previewUrl)).rejects.toBeInstanceOf(TypeError);
});
