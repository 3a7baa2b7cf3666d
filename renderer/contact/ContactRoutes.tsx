import { Route, Switch } from "wouter";
import { Missing } from "../ui/Missing.tsx";
import { readPageId } from "../ui/pageId.ts";
import { ContactPage } from "./ContactPage.tsx";
import { ContactPlace } from "./ContactPlace.tsx";

export const ContactRoutes = () => (
  <Switch>
    <Route path="/contact">
      <ContactPlace />
    </Route>
    <Route path="/contact/:page">
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <ContactPage key={id} id={id} />;
      }}
    </Route>
  </Switch>
);
