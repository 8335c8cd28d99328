import CommonDataModel
import Diagnostics

extension PipelineChecker {
  /// `duplicate-class`, `no-visits`, `no-enrolment`, `unused-setting`.
  mutating func checkPersons() {
    if let merge = pipeline.visits?.merge { check(merge) }
    if let period = pipeline.observationPeriod { check(period) }
  }

  /// `unknown-domain`.
  mutating func checkCoverage() {
    for budget in pipeline.coverage where !CDMField.codeDomains.contains(budget.domain.value) {
      diagnostics.unknown("domain", budget.domain, among: CDMField.codeDomains)
    }
  }

  private mutating func check(_ merge: VisitMergeDefinition) {
    for list in [merge.stays, merge.overnight, merge.touching, merge.within] {
      var seen: Set<Int64> = []
      for one in list where !seen.insert(one.value).inserted {
        diagnostics.error("duplicate-class", "the class \(one.value) stands there twice", at: one)
      }
    }
    let stays = Set(merge.stays.map(\.value))
    for one in merge.overnight + merge.touching + merge.within where stays.contains(one.value) {
      diagnostics.error(
        "duplicate-class", "the class \(one.value) is one of `stays` already", at: one,
        hint: "a visit of that class is always a stay")
    }
    if let first = merge.stays.first, !fills(.visitOccurrence) {
      diagnostics.tell(
        .warning, "no-visits", "no rule of the pipeline is `into: visit_occurrence`", at: first)
    }
  }

  private mutating func check(_ period: PeriodDefinition) {
    if period.method == .enrolment, !fills(.payerPlanPeriod) {
      diagnostics.error(
        "no-enrolment", "no rule of the pipeline is `into: payer_plan_period`", at: period.place,
        hint: "its rows are the enrolments")
    }
    if let gap = period.gap, period.method != .gap {
      diagnostics.error(
        "unused-setting", "a gap has a meaning `by: gap` alone", at: gap,
        hint: "write `by: gap`, or leave it out")
    }
    if let persistence = period.persistence, period.method == .enrolment {
      diagnostics.error(
        "unused-setting", "an enrolment says when it ends", at: persistence,
        hint: "leave `persistence` out")
    }
  }

  private func fills(_ table: CDMTable) -> Bool {
    pipeline.rules.contains { $0.into.value == table.name }
  }
}
