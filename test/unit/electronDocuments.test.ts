import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDocuments } from "../../electron/documents.ts";
import { createDownloads, judgeDownload } from "../../electron/downloads.ts";
import { isDocumentName } from "../../shared/bridge/documents.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-documents-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const make = (chosen: string, breaks = false) => {
  const seen = { options: undefined as unknown, asked: undefined as unknown, order: "" };
  const documents = createDocuments({
    dialog: {
      showSaveDialog: (async (_window: unknown, options: unknown) => {
        seen.asked = options;
        seen.order += "ask ";
        return { canceled: chosen === "", filePath: chosen };
      }) as never,
    },
    window: () => ({
      isDestroyed: () => false,
      webContents: {
        printToPDF: async (options) => {
          seen.options = options;
          seen.order += "print ";
          if (breaks) throw new Error("Failed to generate PDF");
          return Buffer.from("%PDF-1.7");
        },
      },
    }),
  });
  return { documents, seen };
};

describe("a PDF", () => {
  test("is tagged, with nothing of ours at its edges, laid out before the person is asked where to", async () => {
    const path = join(folder, "Writing.pdf");
    const { documents, seen } = make(path);
    expect(await documents.pdf("Writing")).toEqual({ ok: true, value: "saved" });
    expect(seen.options).toMatchObject({ generateTaggedPDF: true, displayHeaderFooter: false });
    expect(seen.asked).toMatchObject({ defaultPath: "Writing.pdf" });
    expect(seen.order).toBe("print ask ");
    expect(await readFile(path, "utf8")).toBe("%PDF-1.7");
    expect(await readdir(folder)).toEqual(["Writing.pdf"]);
  });

  test("is nowhere when no place was chosen", async () => {
    const { documents } = make("");
    expect(await documents.pdf("Writing")).toEqual({ ok: true, value: "closed" });
    expect(await readdir(folder)).toEqual([]);
  });

  test("that cannot be laid out or written is refused with a reason, and no path in it", async () => {
    const laid = make(join(folder, "a.pdf"), true);
    expect(await laid.documents.pdf("a")).toMatchObject({ code: "PRINT_REFUSED" });
    expect(laid.seen.order).toBe("print ");
    const gone = await make(join(folder, "gone", "a.pdf")).documents.pdf("a");
    expect(gone).toMatchObject({ code: "FOLDER_GONE" });
    expect(JSON.stringify(gone)).not.toContain(folder);
  });
});

test("only a name is taken, never a path", () => {
  expect(["Writing 2026-11-22", "2026-03-04 Ümläut 👩‍👩‍👧"].map(isDocumentName)).toEqual([true, true]);
  const bad = ["", " a", "a ", ".a", "a.", "a/b", "a\\b", "a:b", "a\u202e", "x".repeat(121)];
  expect(bad.filter(isDocumentName)).toEqual([]);
});

describe("a download", () => {
  const judge = (url: string, name = "Writing.zip", page = "app://twofold/index.html") => {
    let prevented = false;
    let options: unknown;
    judgeDownload(
      { preventDefault: () => (prevented = true) },
      {
        getURL: () => url,
        getFilename: () => name,
        setSaveDialogOptions: (given) => (options = given),
      },
      { getURL: () => page },
    );
    return prevented ? "refused" : options;
  };
  const own = "blob:app://twofold/7d7c2d7e";

  test("of our own page asks the person where to", () => {
    expect(judge(own)).toMatchObject({
      defaultPath: "Writing.zip",
      properties: expect.arrayContaining(["showOverwriteConfirmation"]),
    });
  });

  test("of a file for the partner does so as well", () => {
    const name = "twofold-2026-11-22.twofold";
    expect(judge(own, name)).toMatchObject({ defaultPath: name });
    expect(judge(own, `${name}.exe`)).toBe("refused");
  });

  test.each([
    ["https://example.com/a.zip"],
    ["app://twofold/index.html"],
    ["blob:https://example.com/7d7c"],
    ["blob:app://twofold.example/7d7c"],
    ["data:text/html,x"],
  ])("of %s is refused", (url) => {
    expect(judge(url)).toBe("refused");
  });

  test("of another page, or of a kind that a system would run, is refused", () => {
    expect(judge(own, "Writing.zip", "https://example.com/")).toBe("refused");
    for (const name of ["a.exe", "a.desktop", "a.zip.bat", "../a.zip", "a"])
      expect(judge(own, name)).toBe("refused");
  });

  describe("is followed to its end", () => {
    const begin = () => {
      const downloads = createDownloads();
      const start = (address = own, defaultPrevented = false) => {
        let done: (
          event: never,
          state: "completed" | "cancelled" | "interrupted",
        ) => void = () => {};
        downloads.follow({ defaultPrevented }, {
          getURL: () => address,
          once: (_name: "done", heard: typeof done) => (done = heard),
        } as never);
        return (state: Parameters<typeof done>[1]) => done({} as never, state);
      };
      return { downloads, start };
    };

    test.each([
      ["completed", "saved"],
      ["cancelled", "closed"],
      ["interrupted", "refused"],
    ] as const)("%s is %s, whichever of page and download comes first", async (state, end) => {
      const { downloads, start } = begin();
      const asked = downloads.handed(own);
      start()(state);
      expect(await asked).toBe(end);
      const other = `${own}-1`;
      start(other)(state);
      expect(await downloads.handed(other)).toBe(end);
    });

    test("nothing is said while the system's window is open, nor of another's", async () => {
      const { downloads, start } = begin();
      let said: string | undefined;
      const asked = downloads.handed(own).then((end) => (said = end));
      const finish = start();
      start(`${own}-2`)("completed");
      await downloads.handed(`${own}-2`);
      expect(said).toBeUndefined();
      finish("cancelled");
      await asked;
      expect(said).toBe("closed");
    });

    test("one that is not let through is refused, and those nobody asks about are forgotten", async () => {
      const { downloads, start } = begin();
      start(own, true);
      expect(await downloads.handed(own)).toBe("refused");
      const waiting = downloads.handed(own);
      for (let n = 0; n < 40; n++) start(`${own}-${n}`);
      expect(await waiting).toBe("refused");
    });
  });
});
