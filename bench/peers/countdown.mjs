/** `allDone` resolves once `tick` was called `count` times. */
export function countdown(count) {
  let left = count;
  let tick;
  const allDone = new Promise((resolve) => {
    tick = () => {
      left -= 1;
      if (left === 0) resolve();
    };
  });
  return { allDone, tick };
}
