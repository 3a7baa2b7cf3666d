export const Emblem = () => (
  <svg width="26" height="26" viewBox="0 0 26 26" className="emblem" aria-hidden="true">
    <path d="M3 6.5 13 4l10 2.5v13L13 22 3 19.5z" />
    <path d="M13 4v18" />
  </svg>
);
