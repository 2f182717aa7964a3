import { expect, test } from 'vitest';
import { EMPTY_FORM, type FormState } from '../ui/form-state.ts';
import { batchSender, type OpenedBatch } from './photo-sender.ts';

const DONE: FormState = { ...EMPTY_FORM, done: true };

/** Sends to a server that opens a batch as told, and keeps what reached it. */
function server(...openings: OpenedBatch[]) {
  const sent: [photo: string, batch: unknown][] = [];
  const opened: string[] = [];
  const settings = new FormData();
  settings.set('num_layers', '3');
  const send = batchSender(settings, 'image', {
    openBatch: async (form) => {
      expect([...form.keys()]).toEqual(['num_layers']);
      return openings.shift()!;
    },
    submit: async (_, form) => {
      sent.push([(form.get('image') as File).name, form.get('batch_id')]);
      return DONE;
    },
    onOpened: (id) => opened.push(id),
  });
  return { sent, opened, send: (name: string) => send(new File(['pixels'], name)) };
}

test('photos that are sent together go into one batch', async () => {
  const { send, sent, opened } = server({ ...DONE, batchId: 'b' });
  for (const name of ['first.jpg', 'second.jpg']) expect(await send(name)).toEqual(DONE);
  expect(opened).toEqual(['b']);
  expect(sent).toEqual([
    ['first.jpg', 'b'],
    ['second.jpg', 'b'],
  ]);
});

test('settings that are refused send nothing, and the next photo asks again', async () => {
  const refused = { ...EMPTY_FORM, errors: { num_layers: 'At most 8.' }, batchId: null };
  const { send, sent } = server(refused, { ...DONE, batchId: 'b' });
  expect(await send('first.jpg')).toEqual(refused);
  expect(sent).toEqual([]);
  await send('second.jpg');
  expect(sent).toEqual([['second.jpg', 'b']]);
});
