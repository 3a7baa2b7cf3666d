import { Route, Switch } from "wouter";
import { Missing } from "../ui/Missing.tsx";
import { readPageId } from "../ui/pageId.ts";
import { TimelinePage } from "./TimelinePage.tsx";
import { TimelinePlace } from "./TimelinePlace.tsx";
import { WeatherPlace } from "./WeatherPlace.tsx";

export const TimelineRoutes = () => (
  <Switch>
    <Route path="/timeline">
      <TimelinePlace />
    </Route>
    <Route path="/timeline/weather">
      <WeatherPlace />
    </Route>
    <Route path="/timeline/:page">
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <TimelinePage key={id} id={id} />;
      }}
    </Route>
  </Switch>
);
