import { Redirect, Route, Switch } from "wouter";
import { Missing } from "../ui/Missing.tsx";
import { readPageId } from "../ui/pageId.ts";
import { CuePage } from "./CuePage.tsx";
import { CuesPlace } from "./CuesPlace.tsx";
import { HelpsPlace } from "./HelpsPlace.tsx";
import { PeoplePlace } from "./PeoplePlace.tsx";
import { SupporterPage } from "./SupporterPage.tsx";

/** What somebody keeps for themselves, side by side (ui/Nearby.tsx). */
export const ForMe = () => (
  <Switch>
    <Route path="/for-me">
      <Redirect to="/for-me/helps" replace />
    </Route>
    <Route path="/for-me/helps">
      <HelpsPlace />
    </Route>
    <Route path="/for-me/cues">
      <CuesPlace />
    </Route>
    <Route path="/for-me/cues/:page">
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <CuePage key={id} id={id} />;
      }}
    </Route>
    <Route path="/for-me/people">
      <PeoplePlace />
    </Route>
    <Route path="/for-me/people/:page">
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <SupporterPage key={id} id={id} />;
      }}
    </Route>
    <Route>
      <Missing />
    </Route>
  </Switch>
);
