import { awayQuery } from "../../shared/bridge/startAnew.ts";

/** Whether this page was loaded after somebody had stepped out: then it begins as the blank sheet. */
export const comesAway = (): boolean => location.search === awayQuery;

/** Nothing of what was open stays in the address line; nor that somebody had stepped out, once they are back. */
export const leaveAddress = ({ back = false }: { readonly back?: boolean } = {}): void => {
  history.replaceState(null, "", back ? `${location.pathname}#/` : "#/");
  dispatchEvent(new HashChangeEvent("hashchange"));
};
