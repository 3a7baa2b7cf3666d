/**
 * Builds as the product is built: a test run has NODE_ENV=test, with which React, micromark and others come as their
 * slow development forms, which nobody is given.
 */
export const asShipped = async <Built>(build: () => Promise<Built>): Promise<Built> => {
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    return await build();
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
  }
};
