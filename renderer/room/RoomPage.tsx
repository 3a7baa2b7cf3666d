import type { PageId } from "../../shared/base/ids.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { RoomBackup } from "../backup/RoomBackup.tsx";
import { EarlierWay } from "../history/EarlierWay.tsx";
import { EntryPage } from "../journal/EntryPage.tsx";
import { TrashedEntry } from "../journal/trash/TrashedEntry.tsx";
import { TrashPage } from "../journal/trash/TrashPage.tsx";
import { BringInPage } from "../moving/BringInPage.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { RoomDoor } from "./RoomDoor.tsx";
import { RoomList } from "./RoomList.tsx";
import { RoomWalls } from "./RoomWalls.tsx";

/** Its list, one of its pages, or its trash. */
export type RoomShows =
  | { readonly at: "list" | "trash" }
  | { readonly at: "bringIn"; readonly onWorking: (working: boolean) => void }
  | { readonly at: "entry" | "trashed"; readonly id: PageId };

/** A place of one's own; it looks like another room, and says at its top that nothing leaves it. */
export const RoomPage = ({ show }: { readonly show: RoomShows }) => {
  const room = useJournal().room;
  const { state } = useLive(room.state);
  if (state !== "open")
    return (
      <RoomWalls>
        <RoomDoor room={room} />
      </RoomWalls>
    );
  return (
    <RoomWalls leaves>
      <Inside book={room.entries} show={show} />
      {show.at === "list" ? <RoomBackup room={room} /> : null}
    </RoomWalls>
  );
};

const base = "/room";

const Inside = ({ book, show }: { readonly book: EntryBook; readonly show: RoomShows }) => {
  switch (show.at) {
    case "list":
      return <RoomList book={book} />;
    case "bringIn":
      return <BringInPage book={book} base={base} onWorking={show.onWorking} />;
    case "trash":
      return <TrashPage book={book} base={base} />;
    case "entry":
      return (
        <EntryPage
          key={show.id}
          book={book}
          base={base}
          id={show.id}
          ways={<EarlierWay book={book} id={show.id} />}
        />
      );
    case "trashed":
      return <TrashedEntry key={show.id} book={book} base={base} id={show.id} />;
  }
};
