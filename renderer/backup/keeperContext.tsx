import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { type BackupKeeper, createBackupKeeper } from "./keeper.ts";

const KeeperContext = createContext<BackupKeeper | undefined>(undefined);

/** Around everything that is unlocked: a backup goes on while its person looks at something else. */
export const KeepsBackups = ({ children }: { readonly children: ReactNode }) => {
  const { backups } = useJournal();
  const { bridge, clock } = useSurroundings();
  const keeper = useMemo(
    () => createBackupKeeper(backups, bridge.backups, clock),
    [backups, bridge, clock],
  );
  useEffect(() => keeper.start(), [keeper]);
  return <KeeperContext value={keeper}>{children}</KeeperContext>;
};

export const useBackupKeeper = (): BackupKeeper => {
  const keeper = useContext(KeeperContext);
  if (keeper === undefined) throw new Error("a screen outside of KeepsBackups");
  return keeper;
};
