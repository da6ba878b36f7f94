/** How the application serves and shows itself: feature flags, HTTP API, logs, metrics, traces. */
import { Type } from '@sinclair/typebox';
import { closed, count, flag, mapOf, oneOf, share, shared, text } from './shapes';

/** Log levels of the application, in its own (lower-case) spelling. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

const featureFlags = shared(
  'featureFlags',
  closed({
    splade_enabled: flag('Whether the sparse learned retriever takes part.'),
    reranker_enabled: flag('Whether hits may be reranked.'),
    extraction_experimental_enabled: flag('Whether extractors on trial run too.'),
  }),
);

const apiRateLimit = shared(
  'apiRateLimit',
  closed({
    requests_per_minute: count('Requests that a caller of the tier may send in a minute.'),
    burst: count('Requests that such a caller may send at once.'),
  }),
);

const apiAuth = shared(
  'apiAuth',
  closed({
    issuer: text('Claim `iss` that a token must carry.'),
    audience: text('Claim `aud` that a token must carry.'),
    admin_scope: text('Scope that administration asks for.'),
    jwt_secret: text('Secret that signs tokens; write a placeholder.'),
    token_ttl_seconds: Type.Integer({
      minimum: 60,
      description: 'Seconds that a token holds, a minute at least.',
    }),
  }),
);

const apis = shared(
  'apis',
  closed({
    rate_limits: mapOf(apiRateLimit.ref, { description: 'Limits by tier of caller.' }),
    auth: apiAuth.ref,
    cors: closed({
      allowed_origins: Type.Array(Type.String(), { description: 'Origins that browsers may call from.' }),
    }),
  }),
);

const observability = shared(
  'observability',
  closed({
    logging: closed({ level: oneOf(LOG_LEVELS, { description: 'Least important level that is written.' }) }),
    metrics: closed({ push_interval_seconds: count('Seconds between two pushes of metrics.') }),
    tracing: closed({
      endpoint: text('Address of the collector (OTLP over HTTP).'),
      sample_rate: share('Share of requests that are traced.'),
    }),
  }),
);

/** Shapes of this section, for `definitions`. */
export const serviceShapes = [featureFlags, apiRateLimit, apiAuth, apis, observability] as const;

/** Sections of this file at the top level of config.yaml. */
export const serviceSections = {
  feature_flags: featureFlags.ref,
  apis: apis.ref,
  observability: observability.ref,
};
