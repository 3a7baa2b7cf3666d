/** Where the renderer lives: a scheme of our own, so that it has an origin and storage but no server. */
export const appScheme = "app";
export const appHost = "twofold";
export const appOrigin = `${appScheme}://${appHost}`;
export const appPage = `${appOrigin}/`;

/** Origin of any URL, also of schemes that Node's URL class calls opaque. "" for what is no URL. */
export const originOf = (address: string): string => {
  try {
    const { protocol, host } = new URL(address);
    return `${protocol}//${host}`;
  } catch {
    return "";
  }
};
