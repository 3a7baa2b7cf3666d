import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Memory } from "../../shared/page/album.ts";
import type { PhotoRef } from "../../shared/page/photo.ts";
import { type Piece, readPieces } from "../../shared/page/pieces.ts";
import { useReadBody } from "../ui/editor/useReadBody.ts";
import { PhotoFrame } from "../ui/photos/PhotoFrame.tsx";
import { useNear } from "../ui/photos/useNear.ts";
import { usePicture } from "../ui/photos/usePicture.ts";
import { Voice } from "../ui/Voice.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { dayAt } from "../../shared/page/day.ts";

/** One thing that the two keep: its first photo, where it has one, and its first words. */
export const MemoryTile = ({ memory: { card, at } }: { readonly memory: Memory }) => {
  const { t } = useTranslation("us");
  const names = usePartnerName();
  const dayWords = useDayWords();
  const mine = card.author === "me";
  return (
    <li>
      <Link href={`/us/album/${card.id}`} className="memory">
        {card.hasPhotos ? <FirstPhoto id={card.id} /> : null}
        <span className="memory-words">
          {card.title === "" ? null : (
            <span className="memory-title" dir="auto">
              {card.title}
            </span>
          )}
          {card.excerpt === "" || (card.hasPhotos && card.title !== "") ? null : (
            <span className="memory-excerpt" dir="auto">
              {card.excerpt}
            </span>
          )}
          <Voice who={mine ? "mine" : "theirs"}>
            {`${dayWords(dayAt(at))} · ${t(mine ? "album.by.me" : "album.by.partner", names)}`}
          </Voice>
        </span>
      </Link>
    </li>
  );
};

const FirstPhoto = ({ id }: { readonly id: Memory["card"]["id"] }) => {
  const place = useRef<HTMLSpanElement>(null);
  const near = useNear(place);
  return (
    <span ref={place} className="memory-photo">
      {near ? <Opened id={id} /> : null}
    </span>
  );
};

const Opened = ({ id }: { readonly id: Memory["card"]["id"] }) => {
  const opening = useOpenPage(useJournal().openPage, id);
  return opening.state === "open" ? <Shown page={opening.page} /> : null;
};

const Shown = ({ page }: { readonly page: OpenPage }) => {
  const photo = useReadBody(page.body, firstPhoto);
  return photo === undefined ? null : <Framed page={page} photo={photo} />;
};

const Framed = ({ page, photo }: { readonly page: OpenPage; readonly photo: PhotoRef }) => {
  const { t } = useTranslation("photos");
  const [picture, onBroken] = usePicture(page.photos, photo, true);
  return (
    <PhotoFrame
      photo={photo}
      picture={picture}
      said={photo.words === "" ? t("wordless") : photo.words}
      onBroken={onBroken}
      highest="10rem"
    />
  );
};

const firstPhoto = (body: OpenPage["body"]): PhotoRef | undefined => photoIn(readPieces(body));

const photoIn = (pieces: readonly Piece[]): PhotoRef | undefined => {
  for (const piece of pieces) {
    if (piece.kind === "photo") return piece.photo;
    const found = "inside" in piece ? photoIn(piece.inside) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};
