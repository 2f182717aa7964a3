/* What the reference shows of models; the tests run it. */

import assert from 'node:assert/strict';
import { ProblemError } from '#lib/client/client';
import { studio } from './studio.ts';

async function listModels() {
  // #region listModels
  const { items } = await studio.call('listModels', {
    query: { pipeline: 't2v', available: true },
  });
  for (const model of items)
    console.log(
      model.id,
      model.weights.state,
      model.generation?.frames?.rule,
    );
  // #endregion
  return items;
}

async function getModel() {
  // #region getModel
  const model = await studio.call('getModel', {
    params: { id: 'wan-mini' },
  });
  console.log(model.availability, model.parameters.t2v);
  // #endregion
  return model;
}

async function downloadModel() {
  // #region downloadModel
  await studio.call('downloadModel', {
    params: { id: 'rife' },
  });
  // #endregion
}

async function unloadModel() {
  // #region unloadModel
  await studio.call('unloadModel', {
    params: { id: 'wan-mini' },
  });
  // #endregion
}

async function deleteWeights() {
  // #region deleteWeights
  await studio.call('deleteWeights', {
    params: { id: 'rife' },
  });
  // #endregion
}

assert.equal((await listModels())[0]?.id, 'wan-mini');
assert.equal((await getModel()).generation?.frames?.step, 4);
for (const notYet of [
  downloadModel,
  unloadModel,
  deleteWeights,
]) {
  await assert.rejects(notYet(), (error) => {
    assert.ok(error instanceof ProblemError);
    return error.problem.code === 'not_implemented';
  });
}
