import { Type, type Static } from '@sinclair/typebox';
import {
  externalEntries,
  isSetting,
  peerNames,
  peerRecord,
  type PeerName,
  type peers,
  type PeerSetting,
} from '../platform/peers';
import type { Place } from '../platform/places';
import { CIDR, closed, flag, integer, keyed, line, listOfPassedThrough, shared } from '../engine';
import { URL_PATTERN } from './url';

/** Values of the peers, which their table says: what callers are told of them, and where they are. */

type Rows = (typeof peers)[PeerName];
/** What the rows have under `external`, by key: each key is in one row. */
type Told<R, K extends PropertyKey> = R extends { external: Readonly<Record<K, infer S>> } ? S : never;
type KeyOf<R> = R extends { external: infer E } ? keyof E : never;
type ExternalValues = {
  -readonly [K in KeyOf<Rows>]: Told<Rows, K> extends PeerSetting
    ? string
    : { -readonly [N in keyof Told<Rows, K>]: string };
};

/** What each kind of setting may be. */
const SETTINGS = {
  address: { pattern: URL_PATTERN, maxLength: 2048 },
  brokers: { pattern: '^[A-Za-z0-9.,:_-]*$', maxLength: 2048 },
  model: { pattern: '^[A-Za-z0-9._/:-]+$', maxLength: 255 },
} as const satisfies Record<PeerSetting['kind'], object>;

function settingShape({ description, kind, example }: PeerSetting): ReturnType<typeof line> {
  return line(description, { ...SETTINGS[kind], ...(example === undefined ? {} : { examples: [example] }) });
}

function mapped<T>(
  settings: Readonly<Record<string, PeerSetting>>,
  make: (setting: PeerSetting) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(settings).map(([key, setting]) => [key, make(setting)]));
}

// The type is made of the same rows.
export const External = Type.Unsafe<ExternalValues>(
  closed(
    Object.fromEntries(
      externalEntries.map(([key, told]) => [
        key,
        isSetting(told) ? settingShape(told) : closed(mapped(told, settingShape)),
      ]),
    ),
    'What runs elsewhere',
  ),
);
const standard = ({ standard: value }: PeerSetting): string => value;
export const defaultExternal = Object.fromEntries(
  externalEntries.map(([key, told]) => [key, isSetting(told) ? standard(told) : mapped(told, standard)]),
  // The type is made of the same rows.
) as ExternalValues;

const peer = closed({
  selectors: listOfPassedThrough('Pods, by podSelector and namespaceSelector'),
  blocks: Type.Array(
    closed({
      cidr: line('Network', { pattern: CIDR }),
      except: Type.Array(line('', { pattern: CIDR }), {
        description: 'Networks inside of it that do not belong',
      }),
    }),
    { description: 'Networks' },
  ),
  ports: Type.Array(integer('', 1, 65535), {
    description: 'TCP ports; of those who call us our own port counts',
  }),
});
/** Ends of calls that are not ours, by pods and networks. */
export const peerShape = shared('peer', peer);
type PeerValues = Static<typeof peer>;

/** Where an end is, as a value. */
export function placeValues({ pods, networks, ports }: Place): PeerValues {
  return {
    selectors: pods.map(({ namespace, labels }) => ({
      ...(namespace === undefined
        ? {}
        : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }),
      ...(labels === undefined ? {} : { podSelector: { matchLabels: { ...labels } } }),
    })),
    blocks: networks.map(({ cidr, except = [] }) => ({ cidr, except: [...except] })),
    ports: [...ports],
  };
}

const rows = peerNames.map((name) => ({ ...peerRecord(name), name }));

export const Network = closed(
  {
    policies: flag('Make NetworkPolicies: everything is closed, and the calls of the model are opened'),
    peers: closed(
      keyed(rows, ({ description }) =>
        description === undefined ? peerShape : { ...peerShape, description },
      ),
    ),
  },
  'Who may talk to whom. A peer without selectors and networks is closed',
);
export const defaultNetwork: Static<typeof Network> = {
  policies: true,
  peers: keyed(rows, placeValues),
};
