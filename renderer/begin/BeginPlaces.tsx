import { Route, Switch } from "wouter";
import { Missing } from "../ui/Missing.tsx";
import { BeginPage } from "./BeginPage.tsx";
import { HourPage } from "./HourPage.tsx";

export const BeginPlaces = () => (
  <Switch>
    <Route path="/begin">
      <BeginPage />
    </Route>
    <Route path="/begin/together">
      <HourPage hour="together" />
    </Route>
    <Route path="/begin/alone">
      <HourPage hour="alone" />
    </Route>
    <Route>
      <Missing />
    </Route>
  </Switch>
);
