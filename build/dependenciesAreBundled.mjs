/**
 * electron-builder's question whether it has to install, rebuild and pack node_modules. It has not: vite bundles
 * everything into dist/, and a rebuild would ask the network for headers.
 */
export const beforeBuild = () => Promise.resolve(false);
