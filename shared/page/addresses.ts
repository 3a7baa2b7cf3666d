/** The only links that are kept as links. They are shown as words with their address; opening one is asked about first. */
export const isPlainAddress = (address: string): boolean =>
  /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(address);
