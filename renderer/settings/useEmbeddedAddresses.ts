import { useCallback, useEffect, useState } from "react";
import { useSurroundings } from "../ui/surroundings.ts";

/** Where the meeting point inside this app can be reached now. */
export const useEmbeddedAddresses = (): readonly [readonly string[], () => void] => {
  const { bridge } = useSurroundings();
  const [addresses, setAddresses] = useState<readonly string[]>([]);
  const look = useCallback(
    () => void bridge.rendezvous.addresses().then(setAddresses, () => setAddresses([])),
    [bridge],
  );
  useEffect(look, [look]);
  return [addresses, look];
};
