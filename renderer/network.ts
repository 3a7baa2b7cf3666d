import { toRtc } from "./carriers/iceServers.ts";
import { watchReturn } from "./carriers/watchReturn.ts";
import type { Bridge } from "../shared/bridge/bridge.ts";
import type { Clock } from "../shared/base/clock.ts";
import type { Random } from "../shared/base/random.ts";
import type { Carrier } from "../shared/carry/carrier.ts";
import { x25519PublicOf } from "../shared/crypto/keys.ts";
import type { Settings } from "../shared/journal/journal.ts";
import type { Network } from "../shared/journal/journalParts.ts";
import type { Meet } from "../shared/journal/pairingDesk.ts";
import type { ChannelFacts } from "../shared/journal/travel/bond.ts";

export type NetworkParts = {
  readonly bridge: Bridge;
  readonly clock: Clock;
  readonly random: Random;
};

/** The one place from which this app reaches another computer: only addresses that the settings name. */
export const createNetwork = ({ bridge, clock, random }: NetworkParts): Network => {
  const embedded = async (settings: Settings): Promise<readonly string[]> => {
    if (!settings.embeddedMeetingPoint) return [];
    await bridge.rendezvous.openToNetwork(settings.openToNetwork);
    return bridge.rendezvous.addresses();
  };

  /** Named by an invitation that is being used right now; the shell's list has to keep them meanwhile. */
  const invited = new Set<string>();
  const allow = (settings: Settings) =>
    bridge.network.allow([
      ...new Set([...settings.meetingPoints, ...settings.mailboxes, ...invited]),
    ]);

  const addresses: Network["addresses"] = async (settings) => {
    await allow(settings);
    return [...new Set([...(await embedded(settings)), ...settings.meetingPoints])];
  };

  const direct = async (
    { meeting, keys, deviceOf }: ChannelFacts,
    settings: Settings,
  ): Promise<readonly Carrier[]> => {
    const meetingPoints = await addresses(settings);
    if (meetingPoints.length === 0) return [];
    const { createWebrtcCarrier } = await import("./carriers/webrtcCarrier.ts");
    return [
      createWebrtcCarrier({
        meeting,
        me: { secret: keys.x25519, public: x25519PublicOf(keys.x25519) },
        deviceOf,
        meetingPoints,
        iceServers: settings.iceServers.map(toRtc),
        relayOnly: settings.relayOnly,
        clock,
        random,
      }),
    ];
  };

  const mailboxes = async (
    { mailbox, me, peer }: ChannelFacts,
    settings: Settings,
  ): Promise<readonly Carrier[]> => {
    if (settings.mailboxes.length === 0) return [];
    const { createMailboxCarrier } = await import("./carriers/mailbox/mailboxCarrier.ts");
    return settings.mailboxes.map((address) =>
      createMailboxCarrier({ address, keys: mailbox, me, partner: peer, clock, random }),
    );
  };

  const folders = async (
    { capsuleRoot, folderPhotos, me, peer }: ChannelFacts,
    settings: Settings,
  ): Promise<readonly Carrier[]> => {
    if (!settings.sharedFolder) return [];
    const { carryByFolder } = await import("./carriers/sharedFolder.ts");
    return carryByFolder({
      ...{ folder: bridge.sharedFolder, root: capsuleRoot, photos: folderPhotos },
      ...{ me, partner: peer, clock, random },
    });
  };

  return {
    addresses,
    publicAddresses: async (settings) =>
      (await addresses(settings)).filter((address) => !isThisComputer(address)),
    tryServer: async (server) => (await import("./carriers/tryServer.ts")).tryServer(server, clock),
    onReturn: (returned) => watchReturn(window, clock, returned),
    carriers: async (channel, settings) => [
      ...(await direct(channel, settings)),
      ...(await mailboxes(channel, settings)),
      ...(await folders(channel, settings)),
    ],
    meet: (settings) => (meeting) => {
      const named = meeting.addresses.filter(
        (address) => !settings.meetingPoints.includes(address),
      );
      for (const address of named) invited.add(address);
      const begun = meetLater(meeting, settings, { allow: () => allow(settings), clock, random });
      return {
        close: () => {
          begun.close();
          for (const address of named) invited.delete(address);
        },
      };
    },
  };
};

/** The carriers are loaded when they are first needed; a meeting closed before that never begins. */
const meetLater = (
  meeting: Parameters<Meet>[0],
  settings: Settings,
  {
    allow,
    clock,
    random,
  }: Pick<NetworkParts, "clock" | "random"> & { readonly allow: () => Promise<unknown> },
): { readonly close: () => void } => {
  let closed = false;
  let close = (): void => {};
  void (async () => {
    await allow();
    const { meetAtRendezvous } = await import("./carriers/pairingWire.ts");
    if (closed) return;
    const begun = meetAtRendezvous({
      ...meeting,
      iceServers: settings.iceServers.map(toRtc),
      relayOnly: settings.relayOnly,
      clock,
      random,
      onTrouble: (code) => {
        if (code === "NO_RENDEZVOUS") meeting.onTrouble("NO_RENDEZVOUS");
        if (code === "STALLED" && meeting.role === "joiner") meeting.onTrouble("VANISHED");
      },
    });
    close = begun.close;
  })();
  return {
    close: () => {
      closed = true;
      close();
    },
  };
};

const isThisComputer = (address: string): boolean =>
  /^wss?:\/\/(?:localhost|127\.[0-9.]+|\[::1\])(?::|\/|$)/i.test(address);
