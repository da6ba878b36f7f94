import {
  type Helper,
  type Item,
  type Json,
  type JsonObject,
  type Value,
  body,
  include,
  isJsonObject,
  spread,
} from '../../engine';

const peerEnds: Helper<1> = {
  name: 'peerEnds',
  doc: `The pods and networks of a named peer, as list items of a network policy's rule.
Call: include "$CHART.peerEnds" .Values.network.peers.edge`,
  yields: 'items',
  reads: [],
  takes: 1,
  template: body`
{{- with .selectors }}
{{- toYaml . }}
{{- end }}
{{- range $block := .blocks }}
- ipBlock:
    cidr: {{ $block.cidr | quote }}
    {{- with $block.except }}
    except:
      {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}`,
  evaluate: (_scope, peer) => endsOf(peer),
};

const ingressFrom: Helper<2> = {
  name: 'ingressFrom',
  doc: `The rule that lets a named peer in, at one of our ports. A peer without pods and networks is closed.
Call: include "$CHART.ingressFrom" (list . .Values.network.peers.edge 8080)`,
  yields: 'items',
  reads: [],
  takes: 2,
  template: body`
{{- $peer := index . 1 -}}
{{- if or $peer.selectors $peer.blocks -}}
- from:
    {{- include ${peerEnds} $peer | trim | nindent 4 }}
  ports:
    - port: {{ last . }}
      protocol: TCP
{{- end -}}`,
  evaluate: (_scope, peer, port) => {
    const ends = endsOf(peer);
    return ends.length === 0 ? [] : [{ from: ends, ports: [{ port: port ?? null, protocol: 'TCP' }] }];
  },
};

const egressTo: Helper<'several'> = {
  name: 'egressTo',
  doc: `The rule that lets our pods out to a named peer. A peer without pods and networks, or without ports, is closed.
Call: include "$CHART.egressTo" (list . .Values.network.peers.dns "UDP" "TCP")`,
  yields: 'items',
  reads: [],
  takes: 'several',
  template: body`
{{- $peer := index . 1 -}}
{{- $protocols := slice . 2 -}}
{{- if and $peer.ports (or $peer.selectors $peer.blocks) -}}
- to:
    {{- include ${peerEnds} $peer | trim | nindent 4 }}
  ports:
    {{- range $port := $peer.ports }}
    {{- range $protocol := $protocols }}
    - port: {{ $port | int }}
      protocol: {{ $protocol }}
    {{- end }}
    {{- end }}
{{- end -}}`,
  evaluate: (_scope, peer, ...protocols) => {
    const ends = endsOf(peer);
    const ports = listOf(peer, 'ports').flatMap((port) =>
      protocols.map((protocol) => ({ port, protocol: protocol ?? null })),
    );
    return ends.length === 0 || ports.length === 0 ? [] : [{ to: ends, ports }];
  },
};

function endsOf(peer: Json | undefined): Json[] {
  return [...listOf(peer, 'selectors'), ...listOf(peer, 'blocks').filter(isJsonObject).map(ipBlock)];
}

function ipBlock(block: JsonObject): JsonObject {
  const except = listOf(block, 'except');
  return { ipBlock: { cidr: block['cidr'] ?? null, ...(except.length === 0 ? {} : { except }) } };
}

function listOf(map: Json | undefined, key: string): Json[] {
  const list = isJsonObject(map) ? map[key] : undefined;
  return Array.isArray(list) ? list : [];
}

/** Helpers about the named peers, in the order of the file. */
export const peerHelpers = [peerEnds, ingressFrom, egressTo];

/** The rule that lets a peer in, or none. */
export function ingressFromPeer(peer: Value<unknown>, port: Value<number>): Item<never> {
  return spread(include<never[]>(ingressFrom, peer, port));
}

/** The rule that lets our pods out to a peer, or none. */
export function egressToPeer(peer: Value<unknown>, protocols: readonly string[]): Item<never> {
  return spread(include<never[]>(egressTo, peer, ...protocols));
}
