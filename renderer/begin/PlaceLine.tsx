import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { useSurroundings } from "../ui/surroundings.ts";
import { type PlaceId, places } from "./offers.ts";

/** One place: its name, and in a sentence what it is for. Steady is a sheet over whatever is there. */
export const PlaceLine = ({ place }: { readonly place: PlaceId }) => {
  const { t } = useTranslation("begin");
  const { steady } = useSurroundings();
  const path = places[place];
  const words = (
    <>
      <strong>{t(`places.${place}.name`)}</strong>
      <span className="help">{t(`places.${place}.help`)}</span>
    </>
  );
  return (
    <li>
      {path === undefined ? (
        <Button className="line" onPress={steady}>
          {words}
        </Button>
      ) : (
        <Link href={path} className="line">
          {words}
        </Link>
      )}
    </li>
  );
};
