/** How it looks on this computer. No secret: kept in localStorage, so that the locked screen has it too. */
export const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];
export const textSizes = [100, 115, 130, 150, 175, 200] as const;
type TextSize = (typeof textSizes)[number];
export type Preferences = { readonly theme: Theme; readonly textSize: TextSize };

const key = "twofold-look";
const usual: Preferences = { theme: "system", textSize: 100 };

export const readPreferences = (): Preferences => {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>;
    return {
      theme: themes.find((theme) => theme === kept.theme) ?? usual.theme,
      textSize: textSizes.find((size) => size === kept.textSize) ?? usual.textSize,
    };
  } catch {
    return usual;
  }
};

export const applyPreferences = ({ theme, textSize }: Preferences): void => {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  root.style.fontSize = textSize === 100 ? "" : `${textSize}%`;
};

export const keepPreferences = (preferences: Preferences): void => {
  applyPreferences(preferences);
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // A browser without storage forgets it with the window.
  }
};
