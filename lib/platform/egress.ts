import type { ServiceName } from './services';

/**
 * Hosts beyond the private network, for whatever filters the way out by name. Networks of the account itself (stores,
 * AWS interface endpoints, S3) are not here: no firewall stands between them and the nodes.
 */

/** Why a host is needed: by the services, to pull images, by controllers that manage AWS, or to tell people. */
export type EgressPurpose = 'application' | 'image' | 'aws-api' | 'operations';

/** One host, or with a dot in front all hosts below it. `{region}` stands for the region of the account. */
export interface EgressHost {
  readonly host: string;
  readonly purpose: EgressPurpose;
  readonly port: number;
  /** What is behind it. */
  readonly what: string;
  /** The services that need it; none where the nodes or a controller do. */
  readonly services: readonly ServiceName[];
  /** Known in general, but named neither by the application's code nor by its documents: look at it before use. */
  readonly assumed?: true;
}

const HTTPS = 443;

/** The sources, in the order of the connectors: `host: what`, and which of them are assumed. */
function sources(
  services: readonly ServiceName[],
  named: Readonly<Record<string, string>>,
  assumed: Readonly<Record<string, string>> = {},
): EgressHost[] {
  const rows = (hosts: Readonly<Record<string, string>>): EgressHost[] =>
    Object.entries(hosts).map(([host, what]) => ({
      host,
      purpose: 'application',
      port: HTTPS,
      what,
      services,
    }));
  return [...rows(named), ...rows(assumed).map((row): EgressHost => ({ ...row, assumed: true }))];
}

/** Documents: the connectors run in `ingest`. */
const documents = sources(
  ['ingest'],
  {
    'eutils.ncbi.nlm.nih.gov': 'PubMed',
    'www.ncbi.nlm.nih.gov': 'PubMed Central, OAI',
    'pmc.ncbi.nlm.nih.gov': 'PubMed Central, OAI',
    'api.medrxiv.org': 'medRxiv',
    'clinicaltrials.gov': 'ClinicalTrials.gov',
    'api.fda.gov': 'openFDA',
    'dailymed.nlm.nih.gov': 'DailyMed',
    'accessgudid.nlm.nih.gov': 'AccessGUDID',
    'api.nice.org.uk': 'NICE',
    'www.uspreventiveservicestaskforce.org': 'USPSTF, on approval',
    'data.cdc.gov': 'CDC, Socrata',
    'wonder.cdc.gov': 'CDC WONDER',
    'tools.cdc.gov': 'CDC',
    'ghoapi.azureedge.net': 'WHO Global Health Observatory',
    'openprescribing.net': 'OpenPrescribing',
  },
  {
    'ftp.ncbi.nlm.nih.gov': 'PubMed Central, open access in bulk',
    'api.biorxiv.org': 'bioRxiv',
    'download.open.fda.gov': 'openFDA in bulk',
  },
);

/** Vocabularies: looked up while documents are fetched, loaded by `catalog`. */
const lookedUp = sources(['ingest', 'catalog'], {
  'rxnav.nlm.nih.gov': 'RxNorm',
  'id.nlm.nih.gov': 'MeSH',
  'uts-ws.nlm.nih.gov': 'UMLS Terminology Services',
  'fhir.loinc.org': 'LOINC',
  'id.who.int': 'ICD-11',
  'icdaccessmanagement.who.int': 'ICD-11, tokens',
  'snowstorm.snomedserver.org': 'SNOMED CT',
});

const loaded = sources(
  ['catalog'],
  {
    'snowstorm.ihtsdotools.org': 'SNOMED CT, as the documents name it',
    'purl.obolibrary.org': 'MONDO and HPO',
    'ctcae.nci.nih.gov': 'CTCAE',
    'www.meddra.org': 'MedDRA, with a licence',
  },
  {
    'download.nlm.nih.gov': 'UMLS in bulk',
    'loinc.org': 'LOINC in bulk',
    'gsrs.ncats.nih.gov': 'UNII',
    'github.com': 'releases of MONDO and HPO, where purl.obolibrary.org leads',
    'release-assets.githubusercontent.com': 'their files',
    'objects.githubusercontent.com': 'their files, older ones',
    'raw.githubusercontent.com': 'their files by version',
  },
);

/** Weights of the model: the Job that fills its cache, or the pods where each has a volume of its own. */
const models = sources(
  ['qwen-embed-vllm'],
  { 'huggingface.co': 'weights of Qwen3-Embedding-8B' },
  { '.hf.co': 'their files: the hub leads to changing hosts below this name' },
);

/**
 * Registries as they stand in the name of an image, and the hosts that a pull talks to. Those of registry.k8s.io are not
 * promised to stay, and layers of images are cached by others: a mirror in the account is the way without surprises.
 */
export const imageRegistries: Readonly<Record<string, readonly string[]>> = {
  'ghcr.io': ['ghcr.io', 'pkg-containers.githubusercontent.com'],
  'docker.io': [
    'registry-1.docker.io',
    'auth.docker.io',
    'production.cloudflare.docker.com',
    'production.cloudfront.docker.com',
    'docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com',
  ],
  'public.ecr.aws': ['public.ecr.aws', 'd5l0dvt14r5h8.cloudfront.net', 'd2glxqk2uabbnd.cloudfront.net'],
  'registry.k8s.io': [
    'registry.k8s.io',
    'us-central1-docker.pkg.dev',
    'us-east1-docker.pkg.dev',
    'us-east4-docker.pkg.dev',
    'us-east5-docker.pkg.dev',
    'us-west1-docker.pkg.dev',
    'us-west2-docker.pkg.dev',
    'prod-registry-k8s-io-{region}.s3.dualstack.{region}.amazonaws.com',
  ],
  'nvcr.io': ['nvcr.io', 'layers.nvcr.io', 'authn.nvidia.com', 'api.ngc.nvidia.com'],
};

const images = Object.entries(imageRegistries).flatMap(([registry, hosts]) =>
  hosts.map((host): EgressHost => ({
    host,
    purpose: 'image',
    port: HTTPS,
    what: `images of ${registry}`,
    services: [],
    ...(host === registry ? {} : { assumed: true as const }),
  })),
);

/** AWS APIs that have no interface endpoint in our network, or are global: who asks them are controllers. */
const awsApis = Object.entries({
  'iam.amazonaws.com': 'IAM: Karpenter',
  'api.pricing.us-east-1.amazonaws.com': 'prices: Karpenter; served in few regions',
  'acm.{region}.amazonaws.com': 'certificates: the load balancer controller',
  'wafv2.{region}.amazonaws.com': 'web ACLs: the load balancer controller',
  'tagging.{region}.amazonaws.com': 'resources by tag: the load balancer controller',
}).map(([host, what]): EgressHost => ({
  host,
  purpose: 'aws-api',
  port: HTTPS,
  what,
  services: [],
  assumed: true,
}));

/** Alertmanager alone. */
const operations: readonly EgressHost[] = [
  { host: 'events.pagerduty.com', purpose: 'operations', port: HTTPS, what: 'pages', services: [] },
  { host: 'hooks.slack.com', purpose: 'operations', port: HTTPS, what: 'messages', services: [] },
];

/** Every host, in the order of its purpose. */
export const egressHosts: readonly EgressHost[] = [
  ...documents,
  ...lookedUp,
  ...loaded,
  ...models,
  ...images,
  ...awsApis,
  ...operations,
];
