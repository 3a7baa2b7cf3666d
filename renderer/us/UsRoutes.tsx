import { Route, Switch } from "wouter";
import { Missing } from "../ui/Missing.tsx";
import { readPageId } from "../ui/pageId.ts";
import { VisionPlace } from "../vision/VisionPlace.tsx";
import { AlbumPlace } from "./AlbumPlace.tsx";
import { MemoryPage } from "./MemoryPage.tsx";
import { PacePlace } from "./PacePlace.tsx";
import { TogetherPage } from "./TogetherPage.tsx";
import { TogetherPlace } from "./TogetherPlace.tsx";
import { UsPlace } from "./UsPlace.tsx";

/** What the two have beside what is hard, side by side (ui/Nearby.tsx). */
export const UsRoutes = () => (
  <Switch>
    <Route path="/us">
      <UsPlace />
    </Route>
    <Route path="/us/together">
      <TogetherPlace />
    </Route>
    <Route path="/us/together/:page">
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <TogetherPage key={id} id={id} />;
      }}
    </Route>
    <Route path="/us/vision">
      <VisionPlace />
    </Route>
    <Route path="/us/pace">
      <PacePlace />
    </Route>
    <Route path="/us/album">
      <AlbumPlace />
    </Route>
    <Route path="/us/album/:page">
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <MemoryPage key={id} id={id} />;
      }}
    </Route>
    <Route>
      <Missing />
    </Route>
  </Switch>
);
