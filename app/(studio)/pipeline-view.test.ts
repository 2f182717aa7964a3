import { expect, test } from 'vitest';
import { fitsSlider, stepOf } from '#components/compose/param-schema.ts';
import { listPipelines } from '#lib/pipelines/registry';
import { toPipelineForm } from './pipeline-view.ts';

test('every parameter of every pipeline can be drawn as a form field, with a name', () => {
  for (const pipeline of listPipelines()) {
    const form = toPipelineForm(pipeline);
    expect(JSON.parse(JSON.stringify(form))).toEqual(form);
    expect(form.verb).toBeTruthy();
    expect(form.photoField).toBe(pipeline.images[0]?.name ?? null);
    for (const schema of Object.values(form.params)) {
      const drawable =
        schema.enum !== undefined || ['integer', 'number', 'string', 'boolean'].includes(schema.type!);
      expect(drawable).toBe(true);
      expect(schema.title).toBeTruthy();
    }
  }
});

test('every slider stands on one of its notches, or the browser would not send the form', () => {
  for (const { params } of listPipelines().map(toPipelineForm)) {
    for (const schema of Object.values(params).filter(fitsSlider)) {
      const notches = (Number(schema.default) - schema.minimum!) / stepOf(schema);
      expect(notches, schema.title).toBeCloseTo(Math.round(notches), 9);
    }
  }
});

test('the number of layers is a slider from 2 to 8 that starts at 4', () => {
  const [photoRealistic] = listPipelines();
  const { num_layers: layers } = toPipelineForm(photoRealistic!).params;
  expect(layers).toMatchObject({ type: 'integer', minimum: 2, maximum: 8, default: 4 });
});
