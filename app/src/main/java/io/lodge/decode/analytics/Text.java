package io.lodge.decode.analytics;

/** The columns of text that an event fills from its fields or its properties. */
enum Text {
  EVENT,
  DISTINCT_ID,
  SESSION_ID,
  URL,
  REFERRER,
  HOST,
  PATHNAME,
  BROWSER,
  BROWSER_VERSION,
  OS,
  OS_VERSION,
  DEVICE_TYPE,
  COUNTRY_CODE,
  CITY,
  REGION,
  UTM_SOURCE,
  UTM_MEDIUM,
  UTM_CAMPAIGN,
  MODEL,
  PROVIDER,
  TOKENS_PROMPT,
  TOKENS_COMPLETION,
  COST_USD,
  ORGANIZATION_ID,
  PROJECT_ID,
  API_KEY_ID
}
