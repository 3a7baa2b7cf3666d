/** Long work that a person watches: an import, an export, a backup. */
export type Work = {
  /** So much of so much is done; `all` is 0 while it is not known. In whatever unit the work names. */
  readonly progress: (done: number, all: number) => void;
  /** Asked again and again; once true, the work ends as soon as it is safe. */
  readonly cancelled: () => boolean;
};
