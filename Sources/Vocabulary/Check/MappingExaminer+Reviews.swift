import Diagnostics

/// The rules about what Usagi writes of a review.
///
/// Source: `CodeMapping`, `Equivalence` and `ReadCodeMappingsFromFile` of https://github.com/OHDSI/Usagi.
extension MappingExaminer {
  /// Looks at the review of a row.
  ///
  /// - Returns: what the target is to its code; `nil` where the row is not used.
  mutating func examineReview(_ row: [MappingTable.Cell]) -> MappingType? {
    // An export for review without states has approved codes alone.
    let status = word(
      places.status, row, absent: places.status == nil ? .approved : .unchecked,
      MappingStatus.init)
    let type = word(places.type, row, absent: .concept, MappingType.init(word:))
    let equivalence = word(
      places.equivalence, row, absent: .unreviewed, MappingEquivalence.init)
    examineNumbers(row)
    if let place = places.status {
      if status == .invalidTarget {
        tell(
          .invalidTarget, "Usagi found that the target is not valid", at: row[place],
          hint: "map the code anew")
      }
      if status == .flagged, places.comment.map({ row[$0].trimmed.isEmpty }) ?? false {
        tell(
          .flagged, "the code is flagged and has no comment", at: row[place],
          hint: "say in the comment what is to be decided")
      }
    }
    guard let status, let type, let equivalence, states.contains(status) else { return nil }
    let isZero = places.target.map { row[$0].trimmed == "0" } ?? false
    // Where nobody decided, 0 says that there is no proposal; and no part is concept 0.
    if isZero, !status.isReview || type != .concept { return nil }
    examineEquivalence(row, equivalence, isZero: isZero)
    return type
  }

  /// A word of Usagi's, or `absent` where the cell is empty; `nil` for any other.
  ///
  /// One in another case is mended; the reader of the file tells unknown ones.
  private mutating func word<Word>(
    _ place: Int?, _ row: [MappingTable.Cell], absent: Word, _ make: (String) -> Word?
  ) -> Word? {
    guard let place else { return absent }
    let text = String(row[place].trimmed)
    if text.isEmpty { return absent }
    if let word = make(text) { return word }
    let meant = row[place].text.cleaned.uppercased()
    if make(meant) != nil { fix(row[place], meant) }
    return nil
  }

  private mutating func examineEquivalence(
    _ row: [MappingTable.Cell], _ equivalence: MappingEquivalence, isZero: Bool
  ) {
    guard let place = places.equivalence, equivalence != .unreviewed else { return }
    if isZero, equivalence != .unmatched {
      tell(
        .contradictoryEquivalence,
        "the code is \(equivalence.rawValue) and has no target", at: row[place],
        hint: "write UNMATCHED, or the target")
    } else if !isZero, equivalence == .unmatched, let target = places.target {
      tell(
        .contradictoryEquivalence,
        "the code is UNMATCHED and has the target \(row[target].trimmed)", at: row[place],
        hint: "write how near the target is, or the concept 0")
    }
  }

  private mutating func examineNumbers(_ row: [MappingTable.Cell]) {
    if let place = places.score {
      let text = row[place].trimmed
      if !text.isEmpty, !(Double(text).map { 0...1 ~= $0 } ?? false) {
        tell(.badScore, "`\(text)` is no score from 0 to 1", at: row[place])
      }
    }
    if let place = places.frequency {
      let text = row[place].trimmed
      if !text.isEmpty, !(Int64(text).map { $0 >= -1 } ?? false) {
        tell(.badFrequency, "`\(text)` is no count", at: row[place])
      }
    }
    for place in places.times {
      let text = row[place].trimmed
      if !text.isEmpty, !(Int64(text).map { $0 >= 0 } ?? false) {
        tell(
          .badTime, "`\(text)` is no number of milliseconds since 1970-01-01", at: row[place],
          hint: "write 0 where it is not known")
      }
    }
    guard let place = places.assigned else { return }
    let ids = row[place].trimmed.split(separator: ";")
    if let wrong = ids.first(where: { Int32($0) == nil }) {
      tell(
        .badConceptID, "`\(wrong)` is not a concept id", at: row[place],
        hint: "write whole numbers with semicolons between them")
    }
  }
}
