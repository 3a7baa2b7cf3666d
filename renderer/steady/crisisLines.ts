/**
 * Whom to call, by country. Rules for every line: somebody's own page or a public body's says so, where it was read
 * stands beside it on the screen, and nothing is here that no page said. Read from stored copies of those pages;
 * nobody has called the numbers. `page`: the day or year of the page where it bears one.
 */
export type CrisisLine = {
  /** listen: for whoever can bear it no longer · violence: where somebody is hurt or frightened at home */
  readonly about: "listen" | "violence";
  /** As the line calls itself, in its own language. */
  readonly name: string;
  /** As it is written where it is called. */
  readonly number: string;
  /** A text message instead: what is sent, and to which number. */
  readonly text?: { readonly words?: string; readonly to: string };
  readonly forWomen?: boolean;
  readonly source: string;
  readonly page?: string;
};

export type CrisisCountry = {
  /** ISO 3166-1. */
  readonly code: string;
  readonly emergency: string;
  readonly emergencySource: string;
  readonly lines: readonly CrisisLine[];
};

/** When all of it was read last. */
export const crisisReadOn = "2026-11-22";

export const crisisCountries: readonly CrisisCountry[] = [
  {
    code: "AU",
    emergency: "000",
    emergencySource: "lifelineh2h.org.au",
    lines: [
      {
        about: "listen",
        name: "Lifeline",
        number: "13 11 14",
        text: { to: "0477 13 11 14" },
        source: "lifelineh2h.org.au, theleader.com.au",
        page: "2022",
      },
    ],
  },
  {
    code: "AT",
    emergency: "112",
    emergencySource: "ec.europa.eu",
    lines: [
      {
        about: "violence",
        name: "Frauenhelpline gegen Gewalt",
        number: "0800 222 555",
        forWomen: true,
        source: "orf.at",
      },
    ],
  },
  {
    code: "CA",
    emergency: "911",
    emergencySource: "richmondhilluc.ca",
    lines: [
      {
        about: "listen",
        name: "9-8-8: Suicide Crisis Helpline",
        number: "988",
        text: { to: "988" },
        source: "cmhasaskatoon.ca",
        page: "2023",
      },
    ],
  },
  {
    code: "DE",
    emergency: "112",
    emergencySource: "ec.europa.eu",
    lines: [
      {
        about: "listen",
        name: "TelefonSeelsorge",
        number: "0800 111 0 111",
        source: "domradio.de",
      },
      {
        about: "listen",
        name: "TelefonSeelsorge",
        number: "0800 111 0 222",
        source: "domradio.de",
      },
      {
        about: "violence",
        name: "Hilfetelefon Gewalt gegen Frauen",
        number: "116 016",
        forWomen: true,
        source: "der-paritaetische.de",
        page: "2023",
      },
    ],
  },
  {
    code: "IE",
    emergency: "112",
    emergencySource: "ec.europa.eu",
    lines: [
      {
        about: "listen",
        name: "Samaritans",
        number: "116 123",
        source: "samaritans.org",
      },
      {
        about: "violence",
        name: "Women’s Aid",
        number: "1800 341 900",
        forWomen: true,
        source: "thejournal.ie",
        page: "2016",
      },
    ],
  },
  {
    code: "NZ",
    emergency: "111",
    emergencySource: "womensrefuge.org.nz",
    lines: [
      {
        about: "violence",
        name: "Women’s Refuge",
        number: "0800 733 843",
        forWomen: true,
        source: "womensrefuge.org.nz, govt.nz",
      },
    ],
  },
  {
    code: "CH",
    emergency: "112",
    emergencySource: "sefap.org",
    lines: [
      {
        about: "listen",
        name: "Die Dargebotene Hand · La Main Tendue · Telefono Amico",
        number: "143",
        source: "bag-blueprint.ch",
        page: "2023",
      },
    ],
  },
  {
    code: "GB",
    emergency: "999",
    emergencySource: "centre56.org.uk",
    lines: [
      { about: "listen", name: "Samaritans", number: "116 123", source: "samaritans.org" },
      {
        about: "violence",
        name: "National Domestic Abuse Helpline",
        number: "0808 2000 247",
        forWomen: true,
        source: "refuge.org.uk",
        page: "2020",
      },
    ],
  },
  {
    code: "US",
    emergency: "911",
    emergencySource: "internationalmentalhealth.org",
    lines: [
      {
        about: "listen",
        name: "988 Suicide & Crisis Lifeline",
        number: "988",
        text: { to: "988" },
        source: "internationalmentalhealth.org",
      },
      {
        about: "violence",
        name: "National Domestic Violence Hotline",
        number: "800 799 7233",
        text: { words: "START", to: "88788" },
        source: "ovc.ojp.gov",
        page: "2022",
      },
    ],
  },
];

/** The country that this computer's language names, if it is one of these. */
export const countryOf = (languages: readonly string[]): string | undefined =>
  languages
    .map((language) => /-([A-Z]{2})$/.exec(language)?.[1])
    .find((region) => crisisCountries.some(({ code }) => code === region));
