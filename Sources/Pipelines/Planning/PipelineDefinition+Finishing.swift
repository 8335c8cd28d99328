internal import Transform

extension PipelineDefinition {
  /// What finishing does with the rows of the pipeline.
  var finishing: SourcePlan {
    SourcePlan(
      visits: visits.map { visits in
        VisitPlan(
          merging: visits.merge?.plan, linksByDate: visits.linksByDate,
          namesPreceding: visits.namesPreceding)
      },
      periods: observationPeriod?.plan ?? PeriodPlan(), delivered: source.delivered?.value)
  }
}

extension VisitMergeDefinition {
  fileprivate var plan: VisitMerging {
    VisitMerging(
      stays: stays.map(\.value), overnight: overnight.map(\.value),
      touching: touching.map(\.value), within: within.map(\.value), gap: Int64(gap),
      emergencies: emergencies.map(\.value), emergencyStay: becomes?.value,
      keepsLoneDetails: keepsLoneDetails)
  }
}

extension PeriodDefinition {
  fileprivate var plan: PeriodPlan {
    let method: PeriodPlan.Method =
      switch method {
      case .events: .events
      case .gap: .gap(Int64(gap?.value ?? 548))
      case .enrolment: .enrolment
      }
    return PeriodPlan(
      method: method, persistence: Int64(persistence?.value ?? 0), type: type?.value ?? 32_817)
  }
}
