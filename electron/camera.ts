/** Whether our page may have the camera: only while it says that the screen which reads an invitation is open. */
export type Camera = {
  readonly allow: (on: boolean) => Promise<boolean>;
  readonly isAllowed: () => boolean;
  /** The page locks, or is gone. */
  readonly end: () => void;
};

export const createCamera = (): Camera => {
  let allowed = false;
  return {
    allow: async (on) => {
      allowed = on;
      return true;
    },
    isAllowed: () => allowed,
    end: () => {
      allowed = false;
    },
  };
};
