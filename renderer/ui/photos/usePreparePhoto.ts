import { useCallback, useEffect, useState } from "react";
import type { PreparePhoto } from "../../../shared/archive/archive.ts";
import { createPhotoPreparer } from "./photoInWorker.ts";

/** For pictures that come with entries of other apps: the same as for one that is put into a page. */
export const usePreparePhoto = (): PreparePhoto => {
  const [preparer] = useState(createPhotoPreparer);
  useEffect(() => preparer.end, [preparer]);
  return useCallback<PreparePhoto>(
    async (bytes) => {
      const prepared = await preparer.prepare(new Blob([new Uint8Array(bytes)]));
      return prepared.ok ? prepared.value : undefined;
    },
    [preparer],
  );
};
