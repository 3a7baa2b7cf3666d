// One import for the product's entry and for the page that shows the screens to tests: the order is the cascade's.
import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource-variable/literata/wght.css";
import "@fontsource-variable/literata/wght-italic.css";
import "./tokens.css";
import "./base.css";
import "./parts.css";
import "./screens.css";
import "./writing.css";
import "./paper.css";
import "./ask.css";
import "./thread.css";
import "./letters.css";
import "./receive.css";
