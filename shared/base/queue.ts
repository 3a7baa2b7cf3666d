/** One at a time, in the order asked. A job that throws (a bug) is reported to its caller and stops nobody else. */
export type Queue = <Value>(job: () => Promise<Value>) => Promise<Value>;

export const createQueue = (): Queue => {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const next = last.then(job, job);
    last = next.catch(() => undefined);
    return next;
  };
};
