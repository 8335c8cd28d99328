extension CDMTable {
  /// Spans of time in which a person is insured under a plan.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#payer_plan_period
  package static let payerPlanPeriod = CDMTable(
    "payer_plan_period", .economics, indexes: ["person_id"],
    fields: [
      .key("payer_plan_period_id"),
      .id("person_id", .required, of: "person"),
      .date("payer_plan_period_start_date", .required),
      .date("payer_plan_period_end_date", .required),
      .concept("payer_concept_id"),
      .varchar("payer_source_value", 50),
      .concept("payer_source_concept_id"),
      .concept("plan_concept_id"),
      .varchar("plan_source_value", 50),
      .concept("plan_source_concept_id"),
      .concept("sponsor_concept_id"),
      .varchar("sponsor_source_value", 50),
      .concept("sponsor_source_concept_id"),
      .varchar("family_source_value", 50),
      .concept("stop_reason_concept_id"),
      .varchar("stop_reason_source_value", 50),
      .concept("stop_reason_source_concept_id"),
    ])

  /// Amounts charged and paid for an event.
  ///
  /// https://ohdsi.github.io/CommonDataModel/cdm54.html#cost
  package static let cost = CDMTable(
    "cost", .economics, indexes: ["cost_event_id"],
    fields: [
      .key("cost_id"),
      .id("cost_event_id", .required),
      .name("cost_domain_id", .required, of: "domain"),
      .concept("cost_type_concept_id", .required),
      .concept("currency_concept_id"),
      .numeric("total_charge"),
      .numeric("total_cost"),
      .numeric("total_paid"),
      .numeric("paid_by_payer"),
      .numeric("paid_by_patient"),
      .numeric("paid_patient_copay"),
      .numeric("paid_patient_coinsurance"),
      .numeric("paid_patient_deductible"),
      .numeric("paid_by_primary"),
      .numeric("paid_ingredient_cost"),
      .numeric("paid_dispensing_fee"),
      .id("payer_plan_period_id"),
      .numeric("amount_allowed"),
      .concept("revenue_code_concept_id"),
      .varchar("revenue_code_source_value", 50),
      .concept("drg_concept_id"),
      .varchar("drg_source_value", 3),
    ])
}
