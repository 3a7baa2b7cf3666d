import { pageAt } from "./scenes.ts";
import { inTurn, press, type ScreenState, see } from "./stateSteps.ts";

const talk = (number: number) => `/talks/${pageAt(number)}`;
const contact = (number: number) => `/contact/${pageAt(number)}`;

/** Plans, hard-talk times and ended contact. */
export const timeStates: readonly ScreenState[] = [
  { name: "plans", place: "/plans", ready: ".plan-line" },
  { name: "plans-none", place: "/plans", ready: "#offer-plans", query: "?pages=none" },
  {
    name: "plans-offered",
    place: "/plans",
    ready: "#offer-plans",
    query: "?pages=none",
    act: press("Offer it to Sam"),
  },
  {
    name: "plans-asked",
    place: "/plans",
    ready: ".plan-line",
    act: inTurn(press("I no longer want this"), see("#their-plans ~ .row .primary")),
  },
  {
    name: "plans-alone",
    place: "/plans",
    ready: ".quiet-state",
    query: "?pages=none&partner=none",
  },
  { name: "talks", place: "/talks", ready: ".line" },
  { name: "talks-past", place: "/talks", ready: ".line", act: press("No longer") },
  { name: "talks-none", place: "/talks", ready: ".empty", query: "?pages=none" },
  { name: "talk-asked", place: talk(350), ready: ".letter .words" },
  { name: "talk-agreed", place: talk(351), ready: ".letter .words" },
  { name: "talk-goes", place: talk(353), ready: ".talk-clock" },
  { name: "talk-end", place: talk(353), ready: ".talk-clock", act: press("End it here…") },
  { name: "talk-rests", place: talk(356), ready: ".talk-clock" },
  { name: "talk-over", place: talk(360), ready: "#talk-notes" },
  { name: "talk-editor", place: talk(366), ready: ".writing" },
  { name: "talk-preview", place: talk(366), ready: ".writing", act: press("Propose…") },
  { name: "talk-note", place: talk(365), ready: ".writing" },
  { name: "talk-note-theirs", place: talk(364), ready: ".letter .words" },
  { name: "contacts", place: "/contact", ready: ".line" },
  { name: "contacts-none", place: "/contact", ready: ".empty", query: "?pages=none" },
  { name: "contact-theirs", place: contact(370), ready: ".step .words" },
  { name: "contact-mine", place: contact(375), ready: ".step .words" },
  { name: "contact-editor", place: contact(378), ready: ".writing" },
  { name: "contact-again", place: contact(377), ready: ".writing" },
  {
    name: "contact-preview",
    place: contact(377),
    ready: ".writing",
    act: press("Share with Sam…"),
  },
];
