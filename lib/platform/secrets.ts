/** Keys of the platform's secret: each is an environment variable of the services that declare it. */
export const secretKeys = {
  API_JWT_SECRET: 'Signs and verifies the tokens of the HTTP API',
  NCBI_API_KEY: 'NCBI E-utilities: 10 instead of 3 requests a second',
  OPENFDA_API_KEY: 'openFDA: 120,000 instead of 1,000 requests a day',
  UMLS_API_KEY: 'UMLS Terminology Services',
  NEO4J_USERNAME: 'User of the knowledge graph',
  NEO4J_PASSWORD: 'Password of the knowledge graph',
  OS_USER: 'User of OpenSearch',
  OS_PASS: 'Password of OpenSearch',
  HF_TOKEN: 'Hugging Face, to fetch models without the anonymous rate limit',
} as const;

/** A key of the platform's secret. */
export type SecretKey = keyof typeof secretKeys;
