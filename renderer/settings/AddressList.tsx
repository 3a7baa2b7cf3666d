import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Field } from "../ui/Field.tsx";
import { mostAddresses, readMeetingPoint } from "./addresses.ts";
import { Removable } from "./Removable.tsx";

type AddressWords = {
  readonly list: string;
  readonly none: string;
  readonly add: string;
  readonly addHelp: string;
  readonly wrong: string;
};

type AddressListProps = {
  readonly words: AddressWords;
  readonly addresses: readonly string[];
  readonly onChange: (addresses: readonly string[]) => void;
};

/** Addresses by ws:// or wss://, to add to and to take from. */
export const AddressList = ({ words, addresses, onChange }: AddressListProps) => {
  const { t } = useTranslation("settings");
  const place = useRef<HTMLDivElement>(null);
  /** Where the line stood that was taken out, or what was the last that could be added. */
  const before = useRef<number>(undefined);
  // What was pressed is gone by now: the focus goes to what stands there instead.
  useEffect(() => {
    const at = before.current;
    before.current = undefined;
    if (at === undefined) return;
    const left = place.current?.querySelectorAll<HTMLElement>("li button");
    const next =
      addresses.length === mostAddresses ? place.current : left?.[Math.min(at, left.length - 1)];
    (next ?? place.current?.querySelector("input"))?.focus();
  }, [addresses]);
  const remove = (address: string) => {
    before.current = addresses.indexOf(address);
    onChange(addresses.filter((each) => each !== address));
  };
  const add = (address: string) => {
    if (addresses.length + 1 === mostAddresses) before.current = addresses.length;
    onChange([...addresses, address]);
  };
  return (
    <div ref={place} className="stack" role="group" aria-label={words.list} tabIndex={-1}>
      {addresses.length === 0 ? (
        <p className="quiet-state">{words.none}</p>
      ) : (
        <ul className="removables">
          {addresses.map((address) => (
            <Removable key={address} address={address} onRemove={() => remove(address)} />
          ))}
        </ul>
      )}
      {addresses.length < mostAddresses ? (
        <AddAddress words={words} known={addresses} onAdd={add} />
      ) : (
        <p className="quiet-state">{t("meeting.full")}</p>
      )}
    </div>
  );
};

type AddAddressProps = {
  readonly words: AddressWords;
  readonly known: readonly string[];
  readonly onAdd: (address: string) => void;
};

const AddAddress = ({ words, known, onAdd }: AddAddressProps) => {
  const { t } = useTranslation("settings");
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<"wrong" | "twice">();
  const add = (event: FormEvent) => {
    event.preventDefault();
    const address = readMeetingPoint(typed);
    if (address === undefined) return setWrong("wrong");
    if (known.includes(address)) return setWrong("twice");
    onAdd(address);
    return setTyped("");
  };
  return (
    <form className="form" onSubmit={add}>
      <Field
        label={words.add}
        help={words.addHelp}
        value={typed}
        onChange={(next) => {
          setTyped(next);
          setWrong(undefined);
        }}
        plain
        wrong={
          wrong === undefined ? undefined : wrong === "twice" ? t("meeting.twice") : words.wrong
        }
      />
      <div className="row">
        <Button className="btn" type="submit">
          {t("meeting.addButton")}
        </Button>
      </div>
    </form>
  );
};
