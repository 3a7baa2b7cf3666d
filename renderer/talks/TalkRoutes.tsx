import { Route, Switch } from "wouter";
import { Missing } from "../ui/Missing.tsx";
import { readPageId } from "../ui/pageId.ts";
import { TalkPage } from "./TalkPage.tsx";
import { TalksPlace } from "./TalksPlace.tsx";

export const TalkRoutes = () => (
  <Switch>
    <Route path="/talks">
      <TalksPlace />
    </Route>
    <Route path="/talks/:page">
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <TalkPage key={id} id={id} />;
      }}
    </Route>
  </Switch>
);
