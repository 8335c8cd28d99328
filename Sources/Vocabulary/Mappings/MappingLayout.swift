/// What a mapping file is, by the names of its columns.
package enum MappingLayout: String, Sendable {
  /// What Usagi saves: one row for each target of a code, with the state of its review.
  case usagi
  /// What Usagi exports for review: the targets with all that the vocabulary says of them.
  case usagiReview = "usagi_review"
  /// The CDM's table of the name, which Usagi exports too.
  case sourceToConceptMap = "source_to_concept_map"
  /// Values with one concept each.
  case values
  /// None of these.
  case unknown

  /// Decides by the names of a header, compared without case.
  init(_ header: [String]) {
    let names = Set(header.map { $0.lowercased() })
    func has(_ wanted: String...) -> Bool { names.isSuperset(of: wanted) }
    if has("sourcecode", "targetconceptid") {
      self = .usagiReview
    } else if has("sourcecode", "mappingstatus") {
      self = .usagi
    } else if has("source_code", "target_concept_id") {
      self = .sourceToConceptMap
    } else if !names.isDisjoint(with: ["source", "source_code"]),
      !names.isDisjoint(with: ["concept_id", "target_concept_id"])
    {
      self = .values
    } else {
      self = .unknown
    }
  }
}
