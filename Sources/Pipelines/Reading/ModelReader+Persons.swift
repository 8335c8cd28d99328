import Diagnostics
import Engine

extension ModelReader {
  func coverage(_ domain: YAMLScalar, _ node: YAMLNode) -> CoverageDefinition {
    func share(_ node: YAMLNode?) -> Int? {
      (node?.scalar?.text).flatMap(CoverageBudget.hundredths)
    }
    return CoverageDefinition(
      domain: Located(domain), least: share(node) ?? share(node["least"]),
      drop: share(node["drop"]))
  }

  func visits(_ node: YAMLNode?) -> VisitsDefinition? {
    guard let node else { return nil }
    return VisitsDefinition(
      merge: node["merge"].map { visitMerge($0) },
      linksByDate: verbatim(node["link"])?.value == "date",
      namesPreceding: flag(node["preceding"]) ?? false)
  }

  private func visitMerge(_ node: YAMLNode) -> VisitMergeDefinition {
    let emergency = node["emergency"]
    return VisitMergeDefinition(
      stays: ids(node["stays"]), overnight: ids(node["overnight"]),
      touching: ids(node["touching"]), within: ids(node["within"]),
      gap: integer(node["gap"])?.value ?? 1, emergencies: ids(emergency?["classes"]),
      becomes: emergency.map { id($0["becomes"]) ?? Located(262, at: $0.position) },
      keepsLoneDetails: verbatim(node["details"])?.value != "merged")
  }

  func period(_ node: YAMLNode?) -> PeriodDefinition? {
    guard let node else { return nil }
    let by = verbatim(node["by"])
    return PeriodDefinition(
      method: by.flatMap { PeriodDefinition.Method(rawValue: $0.value) } ?? .events,
      gap: integer(node["gap"]), persistence: integer(node["persistence"]), type: id(node["type"]),
      place: by ?? Located("observation_period", at: node.position))
  }

  /// The items of a list of ids, or the one that stands for it.
  private func ids(_ node: YAMLNode?) -> [Located<Int64>] {
    words(node).compactMap { word in
      Int64(word.value).map { value in word.map { _ in value } }
    }
  }
}
