/** The only links that are kept as links. Nothing follows them; they are shown as words with their address. */
export const isPlainAddress = (address: string): boolean =>
  /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(address);
