package io.lodge.decode.analytics;

/**
 * What is known of properties, by the names that SDKs give them and by HIP-47's own. Of several
 * names for a column, the first in the event's order counts.
 */
final class PropertyNames {
  /** Properties that have a column. */
  static final Names<Text> COLUMNS =
      new Names<Text>()
          .add(Text.DISTINCT_ID, "distinct_id")
          .add(Text.SESSION_ID, "$session_id", "session_id")
          .add(Text.URL, "$current_url", "url")
          .add(Text.REFERRER, "$referrer", "referrer")
          .add(Text.HOST, "$host", "host")
          .add(Text.PATHNAME, "$pathname", "pathname")
          .add(Text.BROWSER, "$browser", "browser")
          .add(Text.BROWSER_VERSION, "$browser_version", "browser_version")
          .add(Text.OS, "$os", "os")
          .add(Text.OS_VERSION, "$os_version", "os_version")
          .add(Text.DEVICE_TYPE, "$device_type", "device_type")
          .add(Text.COUNTRY_CODE, "$geoip_country_code", "country_code")
          .add(Text.CITY, "$geoip_city_name", "city")
          .add(Text.REGION, "$geoip_subdivision_1_name", "region")
          .add(Text.UTM_SOURCE, "utm_source", "$utm_source")
          .add(Text.UTM_MEDIUM, "utm_medium", "$utm_medium")
          .add(Text.UTM_CAMPAIGN, "utm_campaign", "$utm_campaign")
          .add(Text.MODEL, "$ai_model", "model")
          .add(Text.PROVIDER, "$ai_provider", "provider")
          .add(Text.TOKENS_PROMPT, "$ai_input_tokens", "tokens_prompt", "prompt_tokens")
          .add(
              Text.TOKENS_COMPLETION, "$ai_output_tokens", "tokens_completion", "completion_tokens")
          .add(Text.COST_USD, "$ai_total_cost_usd", "cost_usd")
          .add(Text.ORGANIZATION_ID, "organization_id")
          .add(Text.PROJECT_ID, "project_id")
          .add(Text.API_KEY_ID, "api_key_id");

  /**
   * What a model was asked or answered, wherever it lies: HIP-47 forbids to store it ("Data
   * Classification"). The names are those of SDKs for models.
   */
  static final Names<Boolean> CONTENT =
      new Names<Boolean>()
          .add(
              true,
              "$ai_input",
              "$ai_output",
              "$ai_output_choices",
              "$ai_input_state",
              "$ai_output_state",
              "gen_ai.prompt",
              "gen_ai.completion",
              "gen_ai.input.messages",
              "gen_ai.output.messages",
              "gen_ai.system_instructions");

  /** The same under names that are only a model's in an event about one. */
  static final Names<Boolean> MODEL_CONTENT =
      new Names<Boolean>()
          .add(
              true,
              "prompt",
              "prompts",
              "completion",
              "completions",
              "messages",
              "choices",
              "input",
              "output",
              "response",
              "system_prompt");

  /** Properties that hold the id of a person or a device. */
  static final Names<Boolean> IDS =
      new Names<Boolean>()
          .add(true, "distinct_id", "$anon_distinct_id", "$user_id", "$device_id", "alias");

  private PropertyNames() {}
}
