import { Route, Switch } from "wouter";
import { Missing } from "../ui/Missing.tsx";
import { readPageId } from "../ui/pageId.ts";
import { CheckInPage } from "./CheckInPage.tsx";
import { CheckInsBefore } from "./CheckInsBefore.tsx";
import { TodayPlace } from "./TodayPlace.tsx";

export const Today = () => (
  <Switch>
    <Route path="/today">
      <TodayPlace />
    </Route>
    <Route path="/today/before">
      <CheckInsBefore />
    </Route>
    <Route path="/today/:page">
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <CheckInPage key={id} id={id} />;
      }}
    </Route>
  </Switch>
);
