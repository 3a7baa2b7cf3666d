import { type NodeViewProps, NodeViewWrapper } from "@tiptap/react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { longestPhotoWords, type PhotoRef, readPhoto } from "../../../shared/page/photo.ts";
import { Field } from "../Field.tsx";
import { LargePhoto } from "./LargePhoto.tsx";
import { movePhoto } from "./movePhoto.ts";
import { PhotoFrame } from "./PhotoFrame.tsx";
import { PhotoPlace } from "./PhotoToRead.tsx";
import { usePhotos } from "./photosOfPage.ts";
import { useNear } from "./useNear.ts";
import { usePicture } from "./usePicture.ts";

/** A photo where it stands in the editor. Chosen by a press or with the arrow keys, it shows what can be done with it. */
export const PhotoInPage = (props: NodeViewProps) => {
  const photo = readPhoto(props.node.attrs);
  const photos = usePhotos();
  const words: unknown = props.node.attrs["words"];
  return (
    <NodeViewWrapper data-drag-handle="">
      {photo === undefined || photos === undefined ? (
        <PhotoPlace words={typeof words === "string" ? words : ""} />
      ) : (
        <Placed {...props} photo={photo} />
      )}
    </NodeViewWrapper>
  );
};

const Placed = (props: NodeViewProps & { readonly photo: PhotoRef }) => {
  const { photo, editor, selected } = props;
  const { t } = useTranslation("photos");
  const place = useRef<HTMLElement>(null);
  const [picture, onBroken] = usePicture(usePhotos(), photo, useNear(place));
  const [larger, setLarger] = useState(false);
  const { words } = photo;
  const move = (way: "up" | "down") => {
    movePhoto(editor.state, way, editor.view.dispatch);
    editor.view.focus();
  };
  const takeOut = () => {
    props.deleteNode();
    editor.view.focus();
  };
  return (
    <figure ref={place} className="photo-figure">
      <PhotoFrame
        photo={photo}
        picture={picture}
        said={words === "" ? t("wordless") : words}
        onBroken={onBroken}
      />
      <figcaption dir="auto">
        {words === "" ? (
          <Button
            className="photo-ask"
            excludeFromTabOrder={!selected}
            onPress={() => setLarger(true)}
          >
            {t("ask")}
          </Button>
        ) : (
          words
        )}
      </figcaption>
      <div className="photo-tools" hidden={!selected}>
        <Button className="btn quiet photo-larger" onPress={() => setLarger(true)}>
          {t("open")}
        </Button>
        <Button className="btn quiet" onPress={() => move("up")}>
          {t("up")}
        </Button>
        <Button className="btn quiet" onPress={() => move("down")}>
          {t("down")}
        </Button>
        <Button className="btn quiet" onPress={takeOut}>
          {t("takeOut")}
        </Button>
      </div>
      <LargePhoto photo={photo} open={larger} onClose={() => setLarger(false)}>
        <Field
          label={t("ask")}
          help={t("askHelp")}
          value={words}
          onChange={(typed) => props.updateAttributes({ words: typed.slice(0, longestPhotoWords) })}
        />
      </LargePhoto>
    </figure>
  );
};
