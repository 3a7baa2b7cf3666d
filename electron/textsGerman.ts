import type { ShellTexts } from "./textsEnglish.ts";

export const germanTexts: ShellTexts = {
  menu: {
    file: "Ablage",
    edit: "Bearbeiten",
    view: "Ansicht",
    window: "Fenster",
    lock: "Sperren",
    print: "Drucken …",
  },
  roles: {
    about: "Über Twofold",
    hide: "Twofold ausblenden",
    hideOthers: "Andere ausblenden",
    unhide: "Alle einblenden",
    quit: "Twofold beenden",
    minimize: "Minimieren",
    zoom: "Zoomen",
    front: "Alle nach vorne bringen",
    close: "Fenster schließen",
    undo: "Rückgängig",
    redo: "Wiederherstellen",
    cut: "Ausschneiden",
    copy: "Kopieren",
    paste: "Einfügen",
    pasteAndMatchStyle: "Einfügen und Stil anpassen",
    selectAll: "Alles auswählen",
    resetZoom: "Originalgröße",
    zoomIn: "Vergrößern",
    zoomOut: "Verkleinern",
    togglefullscreen: "Vollbild",
  },
  tray: { open: "Öffnen", lock: "Sperren", quit: "Beenden" },
  notice: "Es gibt etwas Neues.",
  outside: {
    title: (host) => `${host} in deinem Browser öffnen?`,
    text: "Dein Browser wird sich dorthin wenden und sich das merken. Wer die Seite betreibt, sieht, dass jemand diese Adresse geöffnet hat.",
    open: "Im Browser öffnen",
    stay: "Hier bleiben",
  },
  notOpened: "Twofold ließ sich nicht öffnen. Nichts wurde geändert. Starte es noch einmal.",
  badProfile:
    "Der Name eines Profils hat 1 bis 32 kleine Buchstaben, Ziffern oder Bindestriche. Nichts wurde geöffnet. Starte noch einmal mit --profile NAME.",
  refusedSwitch: (name) =>
    name === "--no-sandbox"
      ? "Twofold öffnet nicht ohne die Sandbox des Systems (--no-sandbox). Nichts wurde geöffnet. Nimm auf diesem Linux das deb- oder rpm-Paket statt des AppImage."
      : `Twofold öffnet nicht mit ${name}: Ein anderes Programm könnte damit hineinsehen. Nichts wurde geöffnet. Starte es ohne das.`,
};
