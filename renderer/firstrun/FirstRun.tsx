import { type ReactNode, useState } from "react";
import type {
  CreateCode,
  Created,
  CreateStep,
  Door,
  Journal,
  Role,
} from "../../shared/journal/journal.ts";
import { Outside } from "../app/Outside.tsx";
import { BringBack } from "../backup/BringBack.tsx";
import { useTask } from "../ui/useTask.ts";
import { KeepWords } from "../words/KeepWords.tsx";
import { AsideLines } from "../unlock/AsideLines.tsx";
import { About } from "./About.tsx";
import { AboutMe } from "./AboutMe.tsx";
import { ChoosePassphrase } from "./ChoosePassphrase.tsx";
import { OfferRoom } from "./OfferRoom.tsx";
import { Working } from "./Working.tsx";

type FirstRunProps = {
  readonly door: Door;
  /** As soon as there are keys in memory: stepping out has to lock them. */
  readonly onJournal: (journal: Journal) => void;
  readonly onDone: (journal: Journal) => void;
  /** Another journal is here now. */
  readonly onAgain: () => void;
  readonly below?: ReactNode;
};

type Step = "restore" | "about" | "me" | "passphrase" | "words" | "room";

export const FirstRun = ({ door, onJournal, onDone, onAgain, below }: FirstRunProps) => {
  const [step, setStep] = useState<Step>("about");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("neither");
  const [created, setCreated] = useState<Created>();
  const [work, setWork] = useState<CreateStep>("measuring");
  const task = useTask<CreateCode>();

  const create = (passphrase: string) =>
    task.run(
      () => door.create({ name: name.trim(), role, passphrase }, setWork),
      (made) => {
        onJournal(made.journal);
        setCreated(made);
        setStep("words");
      },
    );

  const show = () => {
    if (task.busy) return <Working step={work} />;
    if (step === "restore")
      return (
        <BringBack
          door={door}
          onJournal={onJournal}
          onDone={onDone}
          onBack={() => setStep("about")}
        />
      );
    if (created === undefined || step === "about" || step === "me" || step === "passphrase") {
      if (step === "about")
        return (
          <>
            <About onDone={() => setStep("me")} onRestore={() => setStep("restore")} />
            <AsideLines door={door} onBack={onAgain} />
          </>
        );
      if (step === "me")
        return (
          <AboutMe
            name={name}
            role={role}
            onName={setName}
            onRole={setRole}
            onBack={() => setStep("about")}
            onDone={() => setStep("passphrase")}
          />
        );
      return <ChoosePassphrase code={task.code} onBack={() => setStep("me")} onChosen={create} />;
    }
    if (step === "words")
      return (
        <KeepWords
          journal={created.journal}
          words={created.recoveryWords}
          onDone={() => setStep("room")}
        />
      );
    return <OfferRoom room={created.journal.room} onDone={() => onDone(created.journal)} />;
  };
  return (
    <Outside>
      {show()}
      {below}
    </Outside>
  );
};
