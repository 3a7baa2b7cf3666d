/** Sections of the settings that something leads to, in the order of the page: `/settings/at/PART`. */
export const settingParts = [
  "me",
  "receiving",
  "partner",
  "computers",
  "ways",
  "folder",
  "lock",
  "passphrase",
  "words",
  "backup",
  "key",
  "about",
] as const;
export type SettingPart = (typeof settingParts)[number];

/** The parts with which a group of sections begins. */
export const settingGroups = [
  "me",
  "partner",
  "lock",
  "passphrase",
  "about",
] as const satisfies readonly SettingPart[];

export const settingsAt = (part: SettingPart): string => `/settings/at/${part}`;

/** The page with all of the sections, wherever on it one is. */
export const isAllSettings = (location: string): boolean =>
  location === "/settings" || location.startsWith("/settings/at/");

export const sectionId = (part: SettingPart): string => `setting-${part}`;

/** Scrolls there, and says where one is now: the section's heading takes the focus. */
export const goToPart = (part: string): void => {
  const known = settingParts.find((one) => one === part);
  const section = known && document.getElementById(sectionId(known));
  section?.scrollIntoView({ block: "start" });
  section?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
};
